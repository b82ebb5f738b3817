import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { parseTemplate } from '../template/assembly.ts';
import { Stack } from '../template/stack.ts';
import { Database, type DatabaseOptions } from './database.ts';
import { readTables } from './table.ts';

/** A table with the key `id`, as a template has it. */
export const TABLE = {
  TableName: 'rows',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};

/** The tables of a stack that has one, `Rows`, with these properties. */
export const tablesOf = (properties: object, type = 'AWS::DynamoDB::Table') =>
  readTables(
    new Stack(
      parseTemplate('test', { Resources: { Rows: { Type: type, Properties: { ...TABLE, ...properties } } } }),
    ),
  );

/** A running database, and a client of it. */
export interface TestDatabase {
  readonly database: Database;
  readonly client: DynamoDBClient;
  readonly log: readonly string[];
  readonly put: (item: Record<string, AttributeValue>) => Promise<void>;
  /** The ids of all rows, sorted. */
  readonly ids: () => Promise<string[]>;
  readonly stop: () => Promise<void>;
}

const cleanups: (() => Promise<void>)[] = [];

/** Ends what `startDatabase` and `newFolder` began; for `afterEach`. */
export async function stopDatabases(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

export async function newFolder(): Promise<string> {
  const place = join(import.meta.dirname, '../../../.local/specs');
  await mkdir(place, { recursive: true });
  const folder = await mkdtemp(join(place, 'data-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function startDatabase(
  properties: object = {},
  options: DatabaseOptions = {},
): Promise<TestDatabase> {
  const log: string[] = [];
  const database = new Database(tablesOf(properties), (line) => log.push(line), options);
  cleanups.push(() => database.stop());
  await database.start();
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${database.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: 'writer' },
  });
  return {
    database,
    client,
    log,
    put: async (Item) => {
      await client.send(new PutItemCommand({ TableName: 'rows', Item }));
    },
    ids: async () => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: 'rows' }));
      return Items.map(({ id }) => id?.S ?? '').sort();
    },
    stop: async () => {
      client.destroy();
      await database.stop();
    },
  };
}

/** Waits until `holds`, asking again and again. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
