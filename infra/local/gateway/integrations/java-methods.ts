import type { Compile } from 'velocityjs';

type Handlers = NonNullable<NonNullable<ConstructorParameters<typeof Compile>[1]>['customMethodHandlers']>;
type Methods<T> = Readonly<Record<string, (value: T, ...args: readonly unknown[]) => unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What of `java.lang.String` JavaScript has not, or has with another meaning: the patterns are regular expressions. */
const OF_TEXT: Methods<string> = {
  contains: (value, part) => value.includes(text(part)),
  equals: (value, other) => value === other,
  equalsIgnoreCase: (value, other) => value.toLowerCase() === text(other).toLowerCase(),
  isEmpty: (value) => value === '',
  length: (value) => value.length,
  matches: (value, pattern) => new RegExp(`^(?:${text(pattern)})$`).test(value),
  replace: (value, part, by) => value.replaceAll(text(part), () => text(by)),
  replaceAll: (value, pattern, by) => value.replace(new RegExp(text(pattern), 'g'), text(by)),
  replaceFirst: (value, pattern, by) => value.replace(new RegExp(text(pattern)), text(by)),
  split: (value, pattern) => {
    const parts = value.split(new RegExp(text(pattern)));
    while (parts.length > 1 && parts.at(-1) === '') parts.pop(); // Java drops the empty ones at the end.
    return parts;
  },
};

/** `java.util.List`, and the `count()` of API Gateway's own examples. */
const OF_LIST: Methods<unknown[]> = {
  addAll: (list, more) => Array.isArray(more) && list.push(...(more as unknown[])) > 0,
  contains: (list, item) => list.includes(item),
  count: (list) => list.length,
  isEmpty: (list) => list.length === 0,
};

/** `java.util.Map`. */
const OF_MAP: Methods<Record<string, unknown>> = {
  containsKey: (map, key) => Object.hasOwn(map, text(key)),
  containsValue: (map, value) => Object.values(map).includes(value),
  getOrDefault: (map, key, otherwise) => (Object.hasOwn(map, text(key)) ? map[text(key)] : otherwise),
  isEmpty: (map) => Object.keys(map).length === 0,
  values: (map) => Object.values(map),
};

const has = (methods: object, name: string): boolean => Object.hasOwn(methods, name);

function method(value: unknown, name: string): ((...args: readonly unknown[]) => unknown) | undefined {
  if (typeof value === 'string' && has(OF_TEXT, name)) return (...args) => OF_TEXT[name]?.(value, ...args);
  if (Array.isArray(value) && has(OF_LIST, name)) return (...args) => OF_LIST[name]?.(value, ...args);
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isMap && !has(value, name) && has(OF_MAP, name)) {
    return (...args) => OF_MAP[name]?.(value as Record<string, unknown>, ...args);
  }
  return undefined;
}

/** The Java methods that mapping templates call, because on AWS their values are Java's (PARITY N7). */
export const JAVA_METHODS: Handlers = [
  {
    uid: 'java',
    match: ({ property, context }) => method(context, property) !== undefined,
    resolve: ({ property, context, params }) => method(context, property)?.(...(params as unknown[])),
  },
];
