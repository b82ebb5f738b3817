import { type Fields, isRecord } from '../template/values.ts';
import { type Ask, invalid, keyIn } from './reply.ts';

/** What a transaction may consist of: the call that does the same for one row, and what it has to say. */
export type Actions = Readonly<
  Record<string, { readonly operation: string; readonly required: readonly string[] }>
>;

/** One action of a transaction. */
export interface Step {
  readonly action: string;
  /** The call that does the same for one row, and its input as it was sent. */
  readonly operation: string;
  readonly input: Fields;
  readonly table: string;
  readonly key: Fields;
}

const MOST = 100;

/** The actions of a transaction, in their order; throws a `Refusal` where DynamoDB would not begin. */
export async function readSteps(ask: Ask, items: unknown, actions: Actions): Promise<Step[]> {
  const list = sized(items);
  const steps: Step[] = [];
  for (const [index, item] of list.entries()) steps.push(await readStep(ask, item, index, actions));
  const rows = new Set(steps.map(({ table, key }) => JSON.stringify([table, key])));
  if (rows.size < steps.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
  return steps;
}

function sized(items: unknown): readonly unknown[] {
  if (!Array.isArray(items)) throw unfit('null', 'transactItems', 'not be null');
  if (items.length === 0) throw unfit("'[]'", 'transactItems', 'have length greater than or equal to 1');
  if (items.length > MOST) {
    throw unfit(`'[${items.length} items]'`, 'transactItems', `have length less than or equal to ${MOST}`);
  }
  return items;
}

async function readStep(ask: Ask, item: unknown, index: number, actions: Actions): Promise<Step> {
  const [named, ...more] = isRecord(item) ? Object.entries(item) : [];
  const [action, input] = named ?? ['', undefined];
  const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (known === undefined || !isRecord(input) || more.length > 0) {
    throw invalid(`TransactItems can only contain one of ${Object.keys(actions).join(', ')}`);
  }
  for (const name of known.required) {
    if (input[name] !== undefined) continue;
    const member = `transactItems.${index + 1}.member.${lowerFirst(action)}.${lowerFirst(name)}`;
    throw unfit('null', member, 'not be null');
  }
  const { TableName, Key, Item } = input;
  const table = String(TableName);
  const row = isRecord(Key) ? Key : isRecord(Item) ? Item : {};
  return { action, operation: known.operation, input, table, key: await keyIn(ask, table, row) };
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const unfit = (value: string, member: string, constraint: string) =>
  invalid(
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
