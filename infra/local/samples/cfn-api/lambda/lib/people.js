import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.PEOPLE;

export const add = (connectionId, name) =>
  table.send(new PutCommand({ TableName, Item: { connectionId, name } }));

export async function remove(connectionId) {
  const { Attributes } = await table.send(
    new DeleteCommand({ TableName, Key: { connectionId }, ReturnValues: 'ALL_OLD' }),
  );
  return Attributes;
}

export async function all() {
  const { Items } = await table.send(new ScanCommand({ TableName }));
  return Items;
}
