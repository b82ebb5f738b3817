import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { listen } from './listen.ts';

/** A DynamoDB engine of its own with an empty table like the stack's. */
export async function startDatabase() {
  const calls: string[] = [];
  const engine = dynalite({ createTableMs: 0 });
  engine.on('request', ({ headers }) =>
    calls.push(`dynamodb.${String(headers['x-amz-target']).split('.')[1]}`),
  );
  const server = await listen(engine);
  const client = new DynamoDBClient({ endpoint: server.url, region: 'us-east-1', credentials: CREDENTIALS });
  const tableName = 'connections';
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
  // It answers before the table is ready.
  const wait = { client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.05 };
  await waitUntilTableExists(wait, { TableName: tableName });
  calls.length = 0;
  return {
    calls,
    client,
    tableName,
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
