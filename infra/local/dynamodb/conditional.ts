import { type Fields, isRecord } from '../template/values.ts';
import { type Ask, isException, keyIn, type Reply, rowOf } from './reply.ts';

/** The parameter by which a write asks for the row that its condition did not fit. */
export const WANTS_ROW = 'ReturnValuesOnConditionCheckFailure';

/** A PutItem, UpdateItem or DeleteItem that wants to know the row when its condition fails. Nothing else may run meanwhile. */
export async function writeOrShow(ask: Ask, operation: string, input: Fields): Promise<Reply> {
  const reply = await ask(operation, input);
  if (input[WANTS_ROW] !== 'ALL_OLD' || !isException(reply, 'ConditionalCheckFailedException')) return reply;
  const table = String(input['TableName']);
  const { Item, Key = Item } = input;
  const row = await rowOf(ask, table, await keyIn(ask, table, isRecord(Key) ? Key : {}));
  return { ...reply, body: { ...reply.body, ...(row && { Item: row }) } };
}
