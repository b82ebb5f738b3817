import { type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Table } from './table.ts';
import { startDatabase } from './testing/database.ts';

const key = { pk: 'a', sk: 'b' };
const ALWAYS = { text: 'attribute_exists(pk)', values: {} };

describe('Table', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let table: Table;
  let now: number;

  beforeEach(async () => {
    now = 1_000_000;
    database = await startDatabase();
    table = new Table(database.client, database.tableName, () => now);
  });
  afterEach(() => database.close());

  const expiresAt = { N: '1060' };

  it('gives an item until it expires, whether or not DynamoDB has deleted it', async () => {
    await table.putAll([[key, { expiresAt }]]);
    now = 1_059_999;
    expect(await table.get(key)).toBeDefined();
    expect((await table.partition('a')).length).toBe(1);
    now = 1_060_000;
    expect(await table.get(key)).toBeUndefined();
    expect(await table.partition('a')).toEqual([]);
  });

  it('[P23] updates nothing that is not there, or has expired', async () => {
    expect(await table.update(key, { expiresAt }, ALWAYS)).toBeUndefined();
    expect(await table.get(key)).toBeUndefined();
    await table.putAll([[key, { expiresAt }]]);
    now = 1_060_000;
    expect(await table.update(key, { expiresAt: { N: '2000' } }, ALWAYS)).toBeUndefined();
  });

  it('updates when the condition holds, by names that are reserved words of DynamoDB too', async () => {
    await table.putAll([[key, { expiresAt, state: { S: 'new' } }]]);
    const when = { text: '#state = :was', values: { ':was': { S: 'new' } } };
    expect(await table.update(key, { state: { S: 'old' }, session: { S: 's' } }, when)).toEqual(
      jasmine.objectContaining({ state: { S: 'old' }, session: { S: 's' }, expiresAt }),
    );
    expect(await table.update(key, { state: { S: 'older' } }, when)).toBeUndefined();
  });

  it('gives a removed item to one of those who remove it', async () => {
    await table.putAll([[key, { expiresAt }]]);
    const removed = await Promise.all([table.remove(key), table.remove(key), table.remove(key)]);
    expect(removed.filter((item) => item !== undefined).length).toBe(1);
  });

  it('reads a partition of more than one page', async () => {
    const data = { S: 'x'.repeat(350_000) };
    for (const sk of ['1', '2', '3', '4', '5'])
      await table.putAll([
        [
          { pk: 'a', sk },
          { data, expiresAt },
        ],
      ]);
    database.calls.length = 0;
    expect((await table.partition('a')).map((item) => item['sk']?.S)).toEqual(['1', '2', '3', '4', '5']);
    expect(database.calls.length).toBeGreaterThan(1);
  });

  describe('writing a batch', () => {
    /** Makes DynamoDB leave all but the first item undone, so many times. */
    function leaveUndone(client: DynamoDBClient, times: number): void {
      client.middlewareStack.add(
        (next) => async (args) => {
          if (times-- <= 0 || !('RequestItems' in args.input)) return next(args);
          const requests = args.input.RequestItems?.['connections'] ?? [];
          const undone = Array.isArray(requests) ? { connections: requests.slice(-1) } : {};
          return { output: { $metadata: {}, UnprocessedItems: undone }, response: {} };
        },
        { step: 'initialize' },
      );
    }
    const items = [
      [key, { expiresAt }],
      [{ pk: 'a', sk: 'c' }, { expiresAt }],
    ] as const;

    it('tries again what DynamoDB left undone', async () => {
      leaveUndone(database.client, 1);
      await table.putAll(items);
      expect(await table.get({ pk: 'a', sk: 'c' })).toBeDefined();
    });

    it('gives up after a bounded number of attempts', async () => {
      leaveUndone(database.client, 1_000);
      await expectAsync(table.putAll(items)).toBeRejectedWithError(
        'DynamoDB left items unwritten in 5 attempts',
      );
    });
  });
});
