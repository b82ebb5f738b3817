import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect as connectTo, type Socket } from 'node:net';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { DescribeTableCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { TestApp } from '../testing/assembly.ts';
import { run, stopAll } from '../testing/running.ts';
import type { Database } from './database.ts';
import type { TableAnswer, TableCall } from './short-cut.ts';
import { newFolder, startDatabase, stopDatabases, TABLE, until } from './testing.ts';

const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.ListTables',
  authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0',
  'x-amz-date': '20000101T000000Z',
};

/** A call that begins a body and is reset before its end. */
async function resetInMidBody(port: number): Promise<void> {
  const socket = connectTo(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n{');
  // Its answer says that the request has been taken up.
  await once(socket, 'data');
  socket.resetAndDestroy();
}

const postNull = (port: number): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers: SIGNED, body: 'null' });

function portTo(database: Database): MessagePort {
  const { calls } = database.shortCut() ?? {};
  if (calls === undefined) throw new Error('there is no short cut to the tables');
  return calls;
}

const call = (operation: string, body: object | null): TableCall => ({
  id: 7,
  method: 'POST',
  path: '/',
  headers: { ...SIGNED, 'x-amz-target': `DynamoDB_20120810.${operation}` },
  body: JSON.stringify(body),
});

async function answerOf(calls: MessagePort): Promise<TableAnswer> {
  const [answer] = (await once(calls, 'message')) as [TableAnswer];
  return answer;
}

/** Writes a row and tells the ids of all, or makes the tables crash. */
const HANDLER = `
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async ({ body }) => {
  if (body === 'crash') {
    const { request } = await import('node:http');
    await new Promise((resolve) => {
      const call = request('https://dynamodb.us-east-1.amazonaws.com', {
        method: 'POST', headers: ${JSON.stringify(SIGNED)},
      });
      call.on('error', resolve).end('null');
    });
    return { body: 'crashed' };
  }
  await client.send(new PutItemCommand({ TableName: 'rows', Item: { id: { S: body } } }));
  const { Items } = await client.send(new ScanCommand({ TableName: 'rows' }));
  return { body: Items.map(({ id }) => id.S).join() };
};`;
const app: TestApp = {
  functions: { f: { code: HANDLER } },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  resources: { Rows: { Type: 'AWS::DynamoDB::Table', Properties: TABLE } },
};

describe('The local DynamoDB', () => {
  afterEach(stopDatabases);

  it('is reached on the loopback interface alone [T6]', async () => {
    const { database } = await startDatabase();
    // Also of this machine, but not the address it listens on: it would answer if it listened on all.
    const socket: Socket = connectTo(database.port, '127.0.0.2');
    const [error] = (await once(socket, 'error')) as unknown[];
    expect(error).toBeInstanceOf(Error);
  });

  it('does not answer calls that are not signed, nor a web site [T6]', async () => {
    const { database } = await startDatabase();
    const statusOf = async (headers: Record<string, string>): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${database.port}`, {
        method: 'POST',
        headers,
        body: '{}',
      });
      return `${response.status} ${await response.text()}`;
    };
    const { authorization, ...unsigned } = SIGNED;
    expect(await statusOf(unsigned)).toMatch(/^400 .*MissingAuthenticationTokenException/);
    expect(await statusOf({ ...unsigned, authorization })).toBe('200 {"TableNames":["rows"]}');
    expect(await statusOf({ ...SIGNED, origin: 'https://a.example' })).toBe('403 ');
  });

  it('describes a table with the ARN that the template gives it', async () => {
    const { client } = await startDatabase();
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'rows' }));
    expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/rows');
  });

  it('loses nothing to a client that goes away in mid-body [T7]', async () => {
    const { database, put, ids, log } = await startDatabase();
    await put({ id: { S: 'kept' } });
    for (let times = 0; times < 5; times += 1) await resetInMidBody(database.port);
    expect(await ids()).toEqual(['kept']);
    expect(log).toEqual([]);
  });

  it('comes back on its port after a crash, empty, and says so [T7]', async () => {
    const { database, put, ids, log } = await startDatabase();
    await put({ id: { S: 'lost' } });
    const { port } = database;
    await expectAsync(postNull(port)).toBeRejected();
    await until(() =>
      ids().then(
        () => true,
        () => false,
      ),
    );
    expect(await ids()).toEqual([]);
    expect(database.port).toBe(port);
    expect(log).toEqual([
      jasmine.stringMatching(/^dynamodb crashed \(.+\) and is started again: the tables are empty$/),
    ]);
  });

  for (const overHttp of [false, true]) {
    it(`serves the next call of a function after a crash, and the runner stays up, ${overHttp ? 'over HTTP' : 'by the short cut'} [T7]`, async () => {
      const { connect, log } = await run(app, {}, { overHttp });
      const { send, next } = await connect();
      for (const [frame, answer] of [
        ['a', 'a'],
        ['crash', 'crashed'],
        ['b', 'b'],
        ['crash', 'crashed'],
        ['c', 'c'],
      ] as const) {
        send(frame);
        expect(await next()).toBe(answer);
      }
      expect(log).toContain(jasmine.stringMatching(/^dynamodb crashed .* the tables are empty$/));
      await stopAll();
    });
  }

  it('answers by the short cut as by HTTP, and says on it that they have crashed [T1] [T7] [T11]', async () => {
    const { database, ids } = await startDatabase();
    const calls = portTo(database);
    calls.postMessage(call('PutItem', { TableName: 'rows', Item: { id: { S: 'quick' } } }));
    const { id, answer } = await answerOf(calls);
    expect(await ids()).toEqual(['quick']);
    expect([id, answer.status, answer.body]).toEqual([7, 200, '{}']);
    expect(answer.headers['Content-Type']).toBe('application/x-amz-json-1.0');
    const get = { TableName: 'rows', Key: { id: { S: 'quick' } } };
    calls.postMessage(call('TransactGetItems', { TransactItems: [{ Get: get }] }));
    expect((await answerOf(calls)).answer.body).toBe('{"Responses":[{"Item":{"id":{"S":"quick"}}}]}');
    calls.postMessage(call('DescribeLimits', {}));
    expect((await answerOf(calls)).answer.body).toContain('#UnknownOperationException');
    calls.postMessage(call('PutItem', null));
    await once(calls, 'close');
  });

  it('opens no short cut to what is not there, and so none that hangs [T7]', async () => {
    const { database } = await startDatabase();
    await expectAsync(postNull(database.port)).toBeRejected();
    let answered: TableAnswer['answer'] | undefined;
    // At first they have crashed and the runner may not know it, then they are not back.
    await until(async () => {
      const { calls } = database.shortCut() ?? {};
      calls?.postMessage(call('ListTables', {}));
      if (calls)
        answered = await Promise.race([
          once(calls, 'close').then(() => undefined),
          answerOf(calls).then(({ answer }) => answer),
        ]);
      return answered !== undefined;
    });
    expect(answered?.body).toBe('{"TableNames":["rows"]}');
  });
});

describe('The local DynamoDB with a folder', () => {
  afterEach(stopDatabases);

  it('has its rows again at the next start [T8]', async () => {
    const data = await newFolder();
    const first = await startDatabase({}, { data });
    await first.put({ id: { S: 'kept' } });
    await first.stop();
    const second = await startDatabase({}, { data });
    expect(await second.ids()).toEqual(['kept']);
  });

  it('has its rows again after a crash, and says where they are from [T8]', async () => {
    const data = await newFolder();
    const { database, put, ids, log } = await startDatabase({}, { data });
    await put({ id: { S: 'kept' } });
    await expectAsync(postNull(database.port)).toBeRejected();
    await until(() =>
      ids().then(
        () => true,
        () => false,
      ),
    );
    expect(await ids()).toEqual(['kept']);
    expect(log.join()).toContain(`is started again: the tables are as ${data} has them`);
  });

  const index = (name: string, ...attributes: string[]) => ({
    IndexName: name,
    KeySchema: attributes.map((AttributeName, at) => ({
      AttributeName,
      KeyType: at === 0 ? 'HASH' : 'RANGE',
    })),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  });
  const attributes = (...names: string[]) => ({
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  });

  it('takes a table up whose definition is the same in another order [T8]', async () => {
    const data = await newFolder();
    const indexes = [index('byRoom', 'room'), index('byName', 'name', 'room')];
    const first = await startDatabase(
      { ...attributes('id', 'room', 'name'), GlobalSecondaryIndexes: indexes },
      { data },
    );
    await first.put({ id: { S: 'a' }, room: { S: 'r' }, name: { S: 'n' } });
    await first.stop();
    const second = await startDatabase(
      { ...attributes('name', 'room', 'id'), GlobalSecondaryIndexes: indexes.toReversed() },
      { data },
    );
    const { Items } = await second.client.send(
      new QueryCommand({
        TableName: 'rows',
        IndexName: 'byRoom',
        KeyConditionExpression: 'room = :r',
        ExpressionAttributeValues: { ':r': { S: 'r' } },
      }),
    );
    expect(Items).toEqual([{ id: { S: 'a' }, room: { S: 'r' } }]);
  });

  for (const [part, properties] of [
    [
      'KeySchema, AttributeDefinitions',
      { ...attributes('other'), KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }] },
    ],
    ['AttributeDefinitions', { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }] }],
    [
      'AttributeDefinitions, GlobalSecondaryIndexes',
      { ...attributes('id', 'room'), GlobalSecondaryIndexes: [index('byRoom', 'room')] },
    ],
  ] as const) {
    it(`refuses a table that differs from the template's in ${part} [T8]`, async () => {
      const data = await newFolder();
      await (await startDatabase({}, { data })).stop();
      await expectAsync(startDatabase(properties, { data })).toBeRejectedWithError(
        `Rows: rows in ${data} differs from the template in ${part}; remove that folder, or name another`,
      );
    });
  }

  it('refuses a folder that another uses, and leaves that one alone [T8]', async () => {
    const data = await newFolder();
    const { put, ids } = await startDatabase({}, { data });
    await expectAsync(startDatabase({}, { data })).toBeRejectedWithError(
      `The tables in ${data} cannot be opened; does another runner use them?`,
    );
    await put({ id: { S: 'kept' } });
    expect(await ids()).toEqual(['kept']);
  });

  it('refuses a file in its place [T8]', async () => {
    const data = join(await newFolder(), 'file');
    await writeFile(data, '');
    await expectAsync(startDatabase({}, { data })).toBeRejectedWithError(/cannot be opened/);
  });
});
