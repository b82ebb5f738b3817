/** Says whether a value that came from outside is what it should be. */
export type Guard<T> = (value: unknown) => value is T;

export const isText: Guard<string> = (value) => typeof value === 'string';
export const isNumber: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value);
export const isFlag: Guard<boolean> = (value) => typeof value === 'boolean';

export const isOneOf =
  <const T extends readonly unknown[]>(...options: T): Guard<T[number]> =>
  (value): value is T[number] =>
    options.includes(value);

export const isListOf =
  <T>(isItem: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every((item) => isItem(item));

export const isPairOf =
  <A, B>(isA: Guard<A>, isB: Guard<B>): Guard<readonly [A, B]> =>
  (value): value is readonly [A, B] =>
    Array.isArray(value) && value.length === 2 && isA(value[0]) && isB(value[1]);

/** A field that may be missing. */
export const maybe =
  <T>(isIt: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || isIt(value);

/** A guard for every field: one that is forgotten does not compile. */
export const isObjectOf =
  <T extends object>(shape: {
    readonly [K in keyof T]-?: Guard<NonNullable<T[K]>> | Guard<T[K] | undefined>;
  }): Guard<T> =>
  (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Guard<unknown>>(shape).every(([name, isIt]) => isIt(Reflect.get(value, name)));
