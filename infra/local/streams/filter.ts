import { type Fields, isRecord, TemplateError } from '../template/values.ts';

/** Whether a value of a record fits; undefined: the record has none there. */
type Test = (value: unknown) => boolean;

/**
 * What the patterns of a `FilterCriteria` let through: a record that fits one of them (docs: Lambda event filtering, filter
 * rule syntax). Throws a `TemplateError` for a pattern that cannot be read.
 */
export function readFilter(patterns: readonly string[]): Test {
  const tests = patterns.map((pattern) => {
    const parsed = parse(pattern);
    if (!isRecord(parsed)) throw new TemplateError(`the filter pattern ${pattern} is no JSON object`);
    return object(parsed);
  });
  return (record) => tests.length === 0 || tests.some((test) => test(record));
}

function parse(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch {
    return undefined;
  }
}

function object(pattern: Fields): Test {
  const tests = Object.entries(pattern).map(([name, rule]): Test => {
    if (name === '$or' && Array.isArray(rule)) {
      const alternatives = rule.filter(isRecord).map(object);
      return (value) => alternatives.some((test) => test(value));
    }
    const test = isRecord(rule) ? object(rule) : oneOf(name, rule);
    return (value) => test(isRecord(value) ? value[name] : undefined);
  });
  return (value) => tests.every((test) => test(value));
}

function oneOf(name: string, rules: unknown): Test {
  if (!Array.isArray(rules)) throw new TemplateError(`the filter rule of ${name} is no list`);
  const tests = rules.map(leaf);
  // Of a list, one element that fits is enough.
  return (value) => (Array.isArray(value) ? value : [value]).some((one) => tests.some((test) => test(one)));
}

function leaf(rule: unknown): Test {
  if (!isRecord(rule)) return (value) => value === rule;
  const [operator = '', operand] = Object.entries(rule)[0] ?? [];
  const test = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator]?.(operand) : undefined;
  if (test === undefined) throw new TemplateError(`no filter rule is ${JSON.stringify(rule)}`);
  return test;
}

const text =
  (test: (value: string, operand: string) => boolean) =>
  (operand: unknown): Test | undefined =>
    typeof operand === 'string' ? (value) => typeof value === 'string' && test(value, operand) : undefined;

const OPERATORS: Readonly<Record<string, (operand: unknown) => Test | undefined>> = {
  exists: (operand) =>
    typeof operand === 'boolean' ? (value) => (value !== undefined) === operand : undefined,
  prefix: text((value, operand) => value.startsWith(operand)),
  suffix: text((value, operand) => value.endsWith(operand)),
  'equals-ignore-case': text((value, operand) => value.toLowerCase() === operand.toLowerCase()),
  'anything-but': (operand) => {
    const tests = (Array.isArray(operand) ? operand : [operand]).map(leaf);
    return (value) => value !== undefined && !tests.some((test) => test(value));
  },
  numeric: (operand) => {
    const parts: unknown[] = Array.isArray(operand) ? operand : [];
    const tests = Array.from({ length: parts.length / 2 }, (_, index) => {
      const [comparison, than] = [String(parts[2 * index]), parts[2 * index + 1]];
      const known = Object.hasOwn(COMPARISONS, comparison) ? COMPARISONS[comparison] : undefined;
      return known && typeof than === 'number' ? known(than) : undefined;
    });
    const known = tests.filter((test) => test !== undefined);
    if (known.length === 0 || 2 * known.length < parts.length) return undefined;
    return (value) => typeof value === 'number' && known.every((test) => test(value));
  },
};

const COMPARISONS: Readonly<Record<string, (than: number) => (value: number) => boolean>> = {
  '=': (than) => (value) => value === than,
  '<': (than) => (value) => value < than,
  '<=': (than) => (value) => value <= than,
  '>': (than) => (value) => value > than,
  '>=': (than) => (value) => value >= than,
};
