import { type AttributeValue, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type TestDatabase, startDatabase, stopDatabases, until } from './testing.ts';

const TTL = { TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } };
const SWEEPING = { sweepEveryMs: 20 };
const now = (): number => Math.floor(Date.now() / 1000);
const YEAR_S = 365 * 24 * 60 * 60;

/** Writes a row that expired, and waits for it to go: every row written before has been looked at by then. */
async function sweepTwice({ put, ids }: TestDatabase): Promise<void> {
  for (const id of ['~first', '~second']) {
    await put({ id: { S: id }, expires: { N: String(now() - 10) } });
    await until(async () => !(await ids()).includes(id));
  }
}

describe('The time to live of a row', () => {
  afterEach(stopDatabases);

  for (const [says, expires] of [
    ['that has passed by a moment', { N: String(now() - 10) }],
    ['that has passed by years', { N: String(now() - 4.9 * YEAR_S) }],
    ['with a fraction of a second', { N: String(now() - 10.5) }],
  ] as const) {
    it(`${says} takes the row away, late [T2]`, async () => {
      const { put, ids } = await startDatabase(TTL, SWEEPING);
      await put({ id: { S: 'gone' }, expires });
      await put({ id: { S: 'kept' } });
      await until(async () => (await ids()).join() === 'kept');
      expect(await ids()).toEqual(['kept']);
    });
  }

  for (const [says, expires] of [
    ['that lies in the future', { N: String(now() + 1000) }],
    ['that is given in milliseconds', { N: String(Date.now() - 10_000) }],
    ['that passed more than five years ago', { N: String(now() - 5.1 * YEAR_S) }],
    ['that is a string', { S: String(now() - 10) }],
    ['that is a set', { NS: [String(now() - 10)] }],
  ] satisfies [string, AttributeValue][]) {
    it(`${says} leaves the row alone [T2]`, async () => {
      const database = await startDatabase(TTL, SWEEPING);
      await database.put({ id: { S: 'kept' }, expires });
      await sweepTwice(database);
      expect(await database.ids()).toEqual(['kept']);
    });
  }

  it('is looked for in the whole table, with a composite key and a reserved name [T2]', async () => {
    const { put, ids } = await startDatabase(
      {
        KeySchema: [
          { AttributeName: 'id', KeyType: 'HASH' },
          { AttributeName: 'date', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'date', AttributeType: 'N' },
        ],
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: 'true' },
      },
      SWEEPING,
    );
    const rows = Array.from({ length: 250 }, (_, number) => ({
      id: { S: `row ${number}` },
      date: { N: '1' },
      ttl: { N: String(now() + (number === 7 ? 1000 : -10)) },
    }));
    await Promise.all(rows.map(put));
    await until(async () => (await ids()).length === 1);
    expect(await ids()).toEqual(['row 7']);
  });

  it('leaves a row readable until the sweep comes [T2]', async () => {
    const { client, put } = await startDatabase(TTL);
    await put({ id: { S: 'late' }, expires: { N: String(now() - 10) } });
    const { Item } = await client.send(new GetItemCommand({ TableName: 'rows', Key: { id: { S: 'late' } } }));
    expect(Item?.['id']).toEqual({ S: 'late' });
  });

  for (const [says, specification] of [
    ['without a specification', undefined],
    ['where it is not enabled', { AttributeName: 'expires', Enabled: false }],
  ] as const) {
    it(`means nothing in a table ${says} [T2]`, async () => {
      const sweeping = spyOn(globalThis, 'setTimeout').and.callThrough();
      const { put, ids } = await startDatabase(
        { TimeToLiveSpecification: specification },
        { sweepEveryMs: 21 },
      );
      await put({ id: { S: 'kept' }, expires: { N: String(now() - 10) } });
      expect(sweeping.calls.allArgs().filter(([, ms]) => ms === 21)).toEqual([]);
      expect(await ids()).toEqual(['kept']);
    });
  }

  it('that a function prolongs in time is believed [T2]', async () => {
    const database = await startDatabase(TTL, SWEEPING);
    await database.put({ id: { S: 'kept' }, expires: { N: String(now() + 1000) } });
    await database.client.send(
      new UpdateItemCommand({
        TableName: 'rows',
        Key: { id: { S: 'kept' } },
        UpdateExpression: 'SET expires = :later',
        ExpressionAttributeValues: { ':later': { N: String(now() + 2000) } },
      }),
    );
    await sweepTwice(database);
    expect(await database.ids()).toEqual(['kept']);
  });
});
