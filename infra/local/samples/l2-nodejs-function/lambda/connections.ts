import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  paginateScan,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = process.env['TABLE_NAME'];
/** API Gateway ends every connection after two hours. */
const TWO_HOURS_S = 2 * 60 * 60;

export const add = (connectionId: string): Promise<unknown> =>
  client.send(
    new PutCommand({
      TableName,
      Item: { connectionId, expiresAt: Math.floor(Date.now() / 1000) + TWO_HOURS_S },
    }),
  );

export const remove = (connectionId: string): Promise<unknown> =>
  client.send(new DeleteCommand({ TableName, Key: { connectionId } }));

export async function all(): Promise<string[]> {
  const found: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    found.push(...Items.map((item) => String(item['connectionId'])));
  }
  return found;
}

export async function count(): Promise<number> {
  const { Count = 0 } = await client.send(new ScanCommand({ TableName, Select: 'COUNT' }));
  return Count;
}
