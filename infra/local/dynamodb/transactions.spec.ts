import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  type TransactionCanceledException,
  type TransactWriteItem,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { send as sendTo } from './calls.ts';
import { Refusal } from './reply.ts';
import { startDatabase, stopDatabases, type TestDatabase } from './testing.ts';
import { Tokens } from './tokens.ts';

const TableName = 'rows';
const key = (id: string) => ({ TableName, Key: { id: { S: id } } });
const put = (id: string, n: number): TransactWriteItem => ({
  Put: { TableName, Item: { id: { S: id }, n: { N: String(n) } } },
});
const add = (id: string, n: number) => ({
  ...key(id),
  UpdateExpression: 'ADD n :n',
  ExpressionAttributeValues: { ':n': { N: String(n) } },
});
const there = { ConditionExpression: 'attribute_exists(id)' };
const absent = { ConditionExpression: 'attribute_not_exists(id)' };

describe('A transaction', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await startDatabase();
  });
  afterEach(stopDatabases);

  const write = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
    database.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
  const row = async (id: string): Promise<Record<string, AttributeValue> | undefined> =>
    (await database.client.send(new GetItemCommand(key(id)))).Item;
  const numbers = async (...ids: string[]) =>
    Promise.all(ids.map(async (id) => (await row(id))?.['n']?.N ?? 'none'));
  const cancelled = (sent: Promise<unknown>): Promise<TransactionCanceledException> =>
    sent.then(
      () => fail('it was not cancelled'),
      (error: unknown) => error,
    ) as Promise<TransactionCanceledException>;

  it('puts, updates, deletes and checks, all at once [T11]', async () => {
    await write([put('a', 1), put('b', 2), put('c', 3)]);
    await write([
      { Update: { ...add('a', 10), ...there } },
      { Delete: key('b') },
      { ConditionCheck: { ...key('c'), ...there } },
      { ConditionCheck: { ...key('nobody'), ...absent } },
      put('d', 4),
    ]);
    expect(await numbers('a', 'b', 'c', 'd')).toEqual(['11', 'none', '3', '4']);
    expect(await database.ids()).toEqual(['a', 'c', 'd']);
  });

  it('does nothing when one condition fails, and says of each action why [T11]', async () => {
    await write([put('a', 1), put('b', 2)]);
    const error = await cancelled(
      write([
        { Update: add('a', 10) },
        { Delete: key('b') },
        put('c', 3),
        { ConditionCheck: { ...key('d'), ...absent } },
        { Update: { ...add('e', 1), ...there } },
        { Put: { ...put('f', 1).Put, TableName, Item: { id: { S: 'f' } }, ...there } },
      ]),
    );
    expect(error.name).toBe('TransactionCanceledException');
    expect(error.message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
        '[None, None, None, None, ConditionalCheckFailed, ConditionalCheckFailed]',
    );
    const failed = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
    const none = { Code: 'None' };
    expect(error.CancellationReasons).toEqual([none, none, none, none, failed, failed]);
    expect(await numbers('a', 'b')).toEqual(['1', '2']);
    expect(await database.ids()).toEqual(['a', 'b']);
  });

  it('shows the row that a condition did not fit, to whom asks for it [T11]', async () => {
    await write([put('a', 1)]);
    const ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
    const error = await cancelled(
      write([
        { Put: { TableName, Item: { id: { S: 'a' } }, ...absent, ReturnValuesOnConditionCheckFailure } },
      ]),
    );
    expect(error.CancellationReasons?.[0]?.Item).toEqual({ id: { S: 'a' }, n: { N: '1' } });
  });

  it('is cancelled where an action does not suit the row that there is, or its table [T11]', async () => {
    await database.put({ id: { S: 'a' }, n: { S: 'a text' } });
    const error = await cancelled(
      write([put('b', 1), { Update: add('a', 1) }, { Put: { TableName, Item: { other: { S: 'c' } } } }]),
    );
    expect(error.CancellationReasons?.map(({ Code, Message }) => [Code, Message])).toEqual([
      ['None', undefined],
      ['ValidationError', 'An operand in the update expression has an incorrect data type'],
      ['ValidationError', 'One or more parameter values were invalid: Missing the key id in the item'],
    ]);
    expect(await database.ids()).toEqual(['a']);
  });

  const many = Array.from({ length: 101 }, (_, index) => put(`id${index}`, index));
  for (const [what, items, name, message] of [
    ['nothing', [], 'ValidationException', /at 'transactItems'.*greater than or equal to 1$/],
    ['more than 100 actions', many, 'ValidationException', /at 'transactItems'.*less than or equal to 100$/],
    [
      'two actions on one row',
      [put('a', 1), { Delete: key('a') }],
      'ValidationException',
      /^Transaction request cannot include multiple operations on one item$/,
    ],
    [
      'two actions in one',
      [{ ...put('a', 1), Delete: key('b') }],
      'ValidationException',
      /^TransactItems can only contain one of ConditionCheck, Put, Update, Delete$/,
    ],
    [
      'an update that says nothing',
      [put('a', 1), { Update: { ...key('b'), UpdateExpression: undefined } }],
      'ValidationException',
      /^1 validation error detected: Value null at 'transactItems\.2\.member\.update\.updateExpression'.*not be null$/,
    ],
    [
      'an expression that cannot be read, after what can',
      [put('a', 1), { Update: { ...key('b'), UpdateExpression: 'GROW n' } }],
      'ValidationException',
      /^Invalid UpdateExpression: Syntax error/,
    ],
    [
      'a table that there is not',
      [put('a', 1), { Delete: { TableName: 'others', Key: { id: { S: 'a' } } } }],
      'ResourceNotFoundException',
      /^Requested resource not found/,
    ],
  ] as const) {
    it(`of ${what} is refused, and nothing of it done [T11]`, async () => {
      await expectAsync(write([...items])).toBeRejectedWith(
        jasmine.objectContaining({ name, message: jasmine.stringMatching(message) }),
      );
      expect(await database.ids()).toEqual([]);
    });
  }

  it('of whatever somebody sends leaves the tables as they are [T7] [T11]', async () => {
    await write([put('kept', 1)]);
    const send = async (operation: string, input: unknown): Promise<number> =>
      (await sendTo(database.database.port, operation, JSON.stringify(input))).status;
    const odd = [null, 1, 'x', [], {}, { S: 'a' }, { id: { S: null } }, { id: { N: 'x' } }];
    const items = [
      ...odd,
      ...['Put', 'Update', 'Get', 'constructor', '__proto__'].flatMap((action) =>
        odd.flatMap((value) => [
          { [action]: value },
          { [action]: { TableName, Key: value, Item: value, UpdateExpression: 'ADD n :n' } },
          { [action]: { TableName: value, Key: key('kept').Key, UpdateExpression: value } },
        ]),
      ),
    ];
    for (const operation of ['TransactWriteItems', 'TransactGetItems']) {
      for (const input of odd.slice(1)) expect(await send(operation, input)).toBe(400);
      for (const one of odd) expect(await send(operation, { TransactItems: one })).toBe(400);
      for (const one of items) expect(await send(operation, { TransactItems: [one] })).toBe(400);
    }
    expect(await database.ids()).toEqual(['kept']);
    expect(database.log).toEqual([]);
  });

  it('that is sent again with its token is done once; the token takes no other [T11]', async () => {
    await write([{ Update: add('a', 1) }], 'first');
    await write([{ Update: add('a', 1) }], 'first');
    expect(await numbers('a')).toEqual(['1']);
    await expectAsync(write([{ Update: add('a', 2) }], 'first')).toBeRejectedWith(
      jasmine.objectContaining({ name: 'IdempotentParameterMismatchException' }),
    );
    await write([{ Update: add('a', 1) }], 'second');
    expect(await numbers('a')).toEqual(['2']);
  });

  it('reads several rows as they are at one moment, in the order asked for [T11]', async () => {
    await write([put('a', 1), put('b', 2)]);
    const { Responses } = await database.client.send(
      new TransactGetItemsCommand({
        TransactItems: [
          { Get: key('b') },
          { Get: key('nobody') },
          { Get: { ...key('a'), ProjectionExpression: 'n' } },
        ],
      }),
    );
    expect(Responses).toEqual([{ Item: { id: { S: 'b' }, n: { N: '2' } } }, {}, { Item: { n: { N: '1' } } }]);
  });

  it('is seen whole or not at all, and takes nothing of others back with it [T11]', async () => {
    await write([put('a', 1000), put('b', 1000)]);
    const sums: number[] = [];
    const look = async (): Promise<void> => {
      const { Responses = [] } = await database.client.send(
        new TransactGetItemsCommand({ TransactItems: [{ Get: key('a') }, { Get: key('b') }] }),
      );
      sums.push(Responses.reduce((sum, { Item }) => sum + Number(Item?.['n']?.N), 0));
    };
    await Promise.all(
      Array.from({ length: 30 }, () => [
        write([{ Update: add('a', -1) }, { Update: add('b', 1) }]),
        cancelled(write([{ Update: add('c', 100) }, { Update: { ...add('nobody', 1), ...there } }])),
        database.client.send(new UpdateItemCommand(add('c', 1))),
        look(),
      ]).flat(),
    );
    expect(sums).toEqual(Array.from({ length: 30 }, () => 2000));
    expect(await numbers('a', 'b', 'c')).toEqual(['970', '1030', '30']);
  });

  it('costs twice what its actions would [T11]', async () => {
    const { ConsumedCapacity } = await database.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [put('a', 1), put('b', 2)],
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4 }]);
  });

  it('that is not signed is refused [T6]', async () => {
    const response = await fetch(`http://127.0.0.1:${database.database.port}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.TransactWriteItems',
      },
      body: JSON.stringify({ TransactItems: [put('a', 1)] }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('MissingAuthenticationTokenException');
    expect(await database.ids()).toEqual([]);
  });
});

describe('The token of a transaction', () => {
  it('is forgotten after ten minutes [T11]', () => {
    let now = 0;
    const tokens = new Tokens(() => now);
    const first = { ClientRequestToken: 'token', TransactItems: [1] };
    tokens.remember(first);
    now = 10 * 60_000 - 1;
    expect(tokens.knows(first)).toBeTrue();
    expect(() => tokens.knows({ ...first, TransactItems: [2] })).toThrowError(Refusal);
    now += 1;
    expect(tokens.knows(first)).toBeFalse();
  });
});

describe('A write whose condition fails', () => {
  afterEach(stopDatabases);

  for (const [what, command] of [
    ['a put', PutItemCommand],
    ['an update', UpdateItemCommand],
  ] as const) {
    it(`shows the row, as ${what} that asks for it [T12]`, async () => {
      const { client, put: insert } = await startDatabase();
      await insert({ id: { S: 'a' }, n: { N: '1' } });
      const asked = { ...absent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
      const sent = (about: object) =>
        command === PutItemCommand
          ? client.send(new PutItemCommand({ TableName, Item: { id: { S: 'a' } }, ...about }))
          : client.send(new UpdateItemCommand({ ...key('a'), ...about }));
      await expectAsync(sent(asked)).toBeRejectedWith(
        jasmine.objectContaining({
          name: 'ConditionalCheckFailedException',
          message: 'The conditional request failed',
          Item: { id: { S: 'a' }, n: { N: '1' } },
        }),
      );
      await expectAsync(sent(absent)).toBeRejectedWith(
        jasmine.objectContaining({ name: 'ConditionalCheckFailedException', Item: undefined }),
      );
    });
  }
});
