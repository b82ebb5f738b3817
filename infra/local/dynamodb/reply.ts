import { type Fields, isRecord } from '../template/values.ts';

/** What DynamoDB answers: the HTTP status, and the JSON of its body. */
export interface Reply {
  readonly status: number;
  readonly body: Fields;
}

/** Makes one call on behalf of somebody, and brings every answer, errors too. */
export type Ask = (operation: string, input: Fields) => Promise<Reply>;

/** Thrown where a call ends with this answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(JSON.stringify(reply.body));
    this.reply = reply;
  }
}

/** The exception of this name, as DynamoDB writes one. */
export const exception = (name: string, fields: Fields): Reply => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, ...fields },
});

/** What is wrong with a request in itself. */
export const invalid = (message: string): Refusal =>
  new Refusal({
    status: 400,
    body: { __type: 'com.amazon.coral.validate#ValidationException', message },
  });

/** Whether an answer is the exception of this name. */
export const isException = ({ body }: Reply, name: string): boolean =>
  String(body['__type']).endsWith(`#${name}`);

/** The body of the answer; throws a `Refusal` when it is an exception. */
export async function granted(answered: Promise<Reply>): Promise<Fields> {
  const reply = await answered;
  if (reply.status !== 200) throw new Refusal(reply);
  return reply.body;
}

/** The row with this key, as it is now. */
export async function rowOf(ask: Ask, table: string, key: Fields): Promise<Fields | undefined> {
  const { Item } = await granted(ask('GetItem', { TableName: table, Key: key, ConsistentRead: true }));
  return isRecord(Item) ? Item : undefined;
}

/** The attributes of `item` that are the key of its table. */
export async function keyIn(ask: Ask, table: string, item: Fields): Promise<Fields> {
  const { Table } = await granted(ask('DescribeTable', { TableName: table }));
  const schema = isRecord(Table) && Array.isArray(Table['KeySchema']) ? Table['KeySchema'] : [];
  const names = schema.filter(isRecord).map((part) => String(part['AttributeName']));
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}
