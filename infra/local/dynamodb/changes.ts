import { isDeepStrictEqual } from 'node:util';
import { type Fields, isRecord } from '../template/values.ts';
import { type Ask, keyIn, Refusal, type Reply, rowOf } from './reply.ts';

/** What has become of one row. */
export interface Change {
  readonly table: string;
  readonly key: Fields;
  /** The row before and after, in DynamoDB's JSON; undefined: there was none, or is none. */
  readonly before: Fields | undefined;
  readonly after: Fields | undefined;
}

/** A row that a call may write to: its key, with more attributes or without. */
interface Place {
  readonly table: string;
  readonly row: Fields;
}

const place = (request: unknown, table?: unknown): Place[] => {
  if (!isRecord(request)) return [];
  const { TableName = table, Item, Key = Item } = request;
  return typeof TableName === 'string' && isRecord(Key) ? [{ table: TableName, row: Key }] : [];
};
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** The calls that write rows, and which. */
const WRITES: Readonly<Record<string, (input: Fields) => Place[]>> = {
  DeleteItem: (input) => place(input),
  PutItem: (input) => place(input),
  UpdateItem: (input) => place(input),
  BatchWriteItem: ({ RequestItems }) =>
    Object.entries(isRecord(RequestItems) ? RequestItems : {}).flatMap(([table, requests]) =>
      list(requests).flatMap((request) => Object.values(request).flatMap((one) => place(one, table))),
    ),
  TransactWriteItems: ({ TransactItems }) =>
    list(TransactItems).flatMap((action) => Object.values(action).flatMap((one) => place(one))),
};

/** Whether an operation writes rows. */
export const writesRows = (operation: string): boolean => Object.hasOwn(WRITES, operation);

/** Makes a call that writes, and tells what it has changed. Nothing else may run meanwhile. */
export async function writeAndTell(
  ask: Ask,
  operation: string,
  input: Fields,
  { write, tell }: { readonly write: () => Promise<Reply>; readonly tell: (change: Change) => void },
): Promise<Reply> {
  const before: Omit<Change, 'after'>[] = [];
  for (const { table, row } of WRITES[operation]?.(input) ?? []) {
    try {
      const key = await keyIn(ask, table, row);
      before.push({ table, key, before: await rowOf(ask, table, key) });
    } catch (error) {
      // Then it cannot be written, either, which the call itself says better.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  const reply = await write();
  for (const one of before) {
    const after = await rowOf(ask, one.table, one.key);
    if (!isDeepStrictEqual(one.before, after)) tell({ ...one, after });
  }
  return reply;
}
