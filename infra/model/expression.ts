import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;
type Names = Readonly<Record<string, string>>;

/** The part of DynamoDB's condition language that the registry speaks; anything else throws. */
export function holds(
  condition: string | undefined,
  item: Item | undefined,
  values: Item,
  names: Names = {},
) {
  if (condition === undefined) return true;
  const tokens = condition.match(/<=|>=|[=<>(),]|[#:]?\w+/g) ?? [];
  const next = (): string => tokens.shift() ?? '';
  const expect = (token: string): void => {
    const found = next();
    if (found !== token) throw new Error(`${token} was expected in ${condition}, not ${found}`);
  };
  const attribute = (token: string): AttributeValue | undefined => item?.[names[token] ?? token];
  const inBrackets = (): AttributeValue | undefined => {
    expect('(');
    const value = attribute(next());
    expect(')');
    return value;
  };

  function operand(token: string): AttributeValue | undefined {
    if (token === 'size') return sizeOf(inBrackets());
    return token.startsWith(':') ? values[token] : attribute(token);
  }
  function term(): boolean {
    const token = next();
    if (token === '(') {
      const result = any();
      expect(')');
      return result;
    }
    if (token === 'attribute_exists') return inBrackets() !== undefined;
    if (token === 'attribute_not_exists') return inBrackets() === undefined;
    const left = operand(token);
    return compare(next(), left, operand(next()));
  }
  // Both sides are read whatever the first one says: the text must be used up.
  function all(): boolean {
    let result = term();
    for (; tokens[0] === 'AND';) {
      next();
      const right = term();
      result = result && right;
    }
    return result;
  }
  function any(): boolean {
    let result = all();
    for (; tokens[0] === 'OR';) {
      next();
      const right = all();
      result = result || right;
    }
    return result;
  }

  const result = any();
  if (tokens.length > 0) throw new Error(`${tokens.join(' ')} is too much in ${condition}`);
  return result;
}

/** What `SET #a = :a, … ADD #b :b, …` makes of an item. Sets are the only thing to add to. */
export function updated(expression: string, item: Item, values: Item, names: Names): Item {
  const after = { ...item };
  const [, sets = '', adds = ''] = /^SET (.*?)(?: ADD (.*))?$/.exec(expression) ?? [];
  for (const clause of sets.split(', ')) {
    const [name = '', value = ''] = clause.split(' = ');
    after[names[name] ?? name] = present(values, value);
  }
  for (const clause of adds === '' ? [] : adds.split(', ')) {
    const [alias = '', value = ''] = clause.split(' ');
    const name = names[alias] ?? alias;
    after[name] = { SS: [...new Set([...(after[name]?.SS ?? []), ...(present(values, value).SS ?? [])])] };
  }
  return after;
}

function present(values: Item, name: string): AttributeValue {
  const value = values[name];
  if (value === undefined) throw new Error(`the update has no value ${name}`);
  return value;
}

function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  if (value?.SS) return { N: String(value.SS.length) };
  return value?.S === undefined ? undefined : { N: String(Buffer.byteLength(value.S)) };
}

/** Strings compare by their UTF-8 bytes, and values of two types, or a missing one, not at all. */
function compare(operator: string, left: AttributeValue | undefined, right: AttributeValue | undefined) {
  let order: number;
  if (left?.N !== undefined && right?.N !== undefined) order = Number(left.N) - Number(right.N);
  else if (left?.S !== undefined && right?.S !== undefined) {
    order = Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  } else return false;
  switch (operator) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      throw new Error(`no operator is called ${operator}`);
  }
}
