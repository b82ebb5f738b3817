import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Change } from './changes.ts';
import { DYNAMODB } from './database.ts';
import { startDatabase, stopDatabases, until } from './testing.ts';

const TableName = 'rows';
const key = (id: string) => ({ id: { S: id } });
const row = (id: string, n: number) => ({ ...key(id), n: { N: String(n) } });
const there = { ConditionExpression: 'attribute_exists(id)' };
const more = { UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '1' } } };

describe('The changes of a table with a stream', () => {
  afterEach(stopDatabases);

  async function streaming(properties: object = {}, streams: readonly string[] = [TableName]) {
    const started = await startDatabase(properties, { streams, sweepEveryMs: 20 });
    const changes: [before: Change['before'], after: Change['after'], caller: string][] = [];
    started.database.onChange(({ before, after }, caller) => changes.push([before, after, caller]));
    return { ...started, changes };
  }

  it('are told with the row before and after, and who made them, in their order [T9]', async () => {
    const { client, put, changes } = await streaming();
    await put(row('a', 1));
    await client.send(new UpdateItemCommand({ TableName, Key: key('a'), ...more }));
    await client.send(new DeleteItemCommand({ TableName, Key: key('a') }));
    await until(() => changes.length === 3);
    expect(changes).toEqual([
      [undefined, row('a', 1), 'writer'],
      [row('a', 1), row('a', 2), 'writer'],
      [row('a', 2), undefined, 'writer'],
    ]);
  });

  it('of a batch and of a transaction are told, one by one [T9]', async () => {
    const { client, put, changes } = await streaming();
    await put(row('a', 1));
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: { rows: [{ PutRequest: { Item: row('b', 1) } }, { DeleteRequest: { Key: key('a') } }] },
      }),
    );
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Update: { TableName, Key: key('b'), ...more } },
          { ConditionCheck: { TableName, Key: key('x'), ConditionExpression: 'attribute_not_exists(id)' } },
          { Put: { TableName, Item: row('c', 1) } },
        ],
      }),
    );
    await until(() => changes.length === 5);
    expect(changes.map(([before, after]) => [before, after])).toEqual([
      [undefined, row('a', 1)],
      [undefined, row('b', 1)],
      [row('a', 1), undefined],
      [row('b', 1), row('b', 2)],
      [undefined, row('c', 1)],
    ]);
  });

  it('are none where a write changes nothing, or fails, and it fails as ever [T9]', async () => {
    const { client, put, changes } = await streaming();
    await put(row('a', 1));
    await put(row('a', 1));
    await client.send(new DeleteItemCommand({ TableName, Key: key('nobody') }));
    const ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
    for (const [failing, name] of [
      [new PutItemCommand({ TableName, Item: row('b', 1), ...there }), 'ConditionalCheckFailedException'],
      [
        new PutItemCommand({ TableName, Item: row('b', 1), ...there, ReturnValuesOnConditionCheckFailure }),
        'ConditionalCheckFailedException',
      ],
      [new PutItemCommand({ TableName, Item: { other: { S: 'b' } } }), 'ValidationException'],
    ] as const) {
      await expectAsync(client.send(failing)).toBeRejectedWith(jasmine.objectContaining({ name }));
    }
    const cancelled = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: row('b', 1) } },
        { Delete: { TableName, Key: key('x'), ...there } },
      ],
    });
    await expectAsync(client.send(cancelled)).toBeRejected();
    await put(row('z', 1));
    await until(() => changes.length >= 2);
    expect(changes.map(([, after]) => after?.['id'])).toEqual([{ S: 'a' }, { S: 'z' }]);
  });

  it('by the time to live are told as made by DynamoDB [T9]', async () => {
    const { put, changes } = await streaming({
      TimeToLiveSpecification: { AttributeName: 'n', Enabled: true },
    });
    const expired = row('a', Math.floor(Date.now() / 1000) - 10);
    await put(expired);
    await until(() => changes.length === 2);
    expect(changes[1]).toEqual([expired, undefined, DYNAMODB]);
  });

  it('of other tables are not told [T9]', async () => {
    const { put, ids, changes } = await streaming({}, ['others']);
    await put(row('a', 1));
    expect(await ids()).toEqual(['a']);
    expect(changes).toEqual([]);
  });
});
