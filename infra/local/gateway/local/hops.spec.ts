import { TABLE } from '../../dynamodb/testing.ts';
import type { TestApp } from '../../testing/assembly.ts';
import { readEvents } from '../../testing/event-stream.ts';
import { run, type Running, stopAll } from '../../testing/running.ts';

/** Writes a row, posts what it was told to whoever told it, and answers with as many frames. */
const ACT = `import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
const table = new DynamoDBClient({});
export const handler = async ({ body, requestContext: { domainName, stage, connectionId } }) => {
  await table.send(new PutItemCommand({ TableName: 'rows', Item: { id: { S: connectionId }, said: { S: body ?? '' } } }));
  const api = new ApiGatewayManagementApi({ endpoint: 'https://' + domainName + '/' + stage, maxAttempts: 1 });
  await api.postToConnection({ ConnectionId: connectionId, Data: 'posted ' + body }).catch(() => undefined);
  return { statusCode: 200 };
};`;
const app: TestApp = {
  functions: { act: { code: ACT, timeout: 1 } },
  routes: { act: 'act' },
  resources: { Rows: { Type: 'AWS::DynamoDB::Table', Properties: TABLE } },
};
const ACTION = '{"action":"act","data":"secret"}';

describe('The stream of /_local', () => {
  afterEach(stopAll);

  const setUp = async (options: { faults?: object; overHttp?: boolean } = {}) => {
    const running = await run(app, {}, options);
    const events = await readEvents(running.runner.port);
    return { running, events, client: await running.connect() };
  };
  const number = jasmine.any(Number);

  for (const overHttp of [false, true]) {
    const way = overHttp ? 'over HTTP' : 'by the short cut';
    it(`[X13] follows a frame to its function, the table, and a client that is posted to ${way}`, async () => {
      const { events, client } = await setUp({ overHttp });
      client.send(ACTION);
      await client.next();
      const { data: opened } = await events.until('opened');
      const { data: ended } = await events.until('invocation');
      const { connectionId } = opened;
      const { requestId } = ended;
      const step = { requestId, at: number };
      const hops = events.all.filter(({ data }) => data['requestId'] === requestId);
      const calls = [
        { ...step, service: 'dynamodb', operation: 'PutItem', status: 200, ms: number },
        { ...step, service: '@connections', operation: 'POST', connectionId, status: 200, ms: number },
      ];
      const frame = { ...step, connectionId, frame: 1 };
      expect(hops).toEqual([
        { event: 'received', data: { ...frame, route: 'act', bytes: 32 } },
        { event: 'started', data: { ...step, function: 'act', cold: true, waitedMs: number } },
        { event: 'called', data: calls[0] ?? {} },
        // By HTTP the gateway cannot tell on whose account it is posted to.
        ...(overHttp ? [] : [{ event: 'sent', data: { ...frame, bytes: 39 } }]),
        { event: 'called', data: calls[1] ?? {} },
        {
          event: 'invocation',
          data: { ...step, connectionId, function: 'act', route: 'act', ms: number, outcome: 'answered' },
        },
      ]);
      const times = hops
        .filter(({ event }) => event === 'received' || event === 'called')
        .map(({ data }) => Number(data['at']));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(Math.abs(Date.now() - (times[0] ?? 0))).toBeLessThan(10_000);
    });
  }

  it('[X13] says what nobody has written into it', async () => {
    const { events, client } = await setUp();
    client.send(ACTION);
    expect(await client.next()).toContain('secret');
    await events.until('invocation');
    expect(events.text()).not.toContain('secret');
  });

  it('[X13] counts the frames of each connection, and knows an instance that is warm', async () => {
    const { events, client } = await setUp();
    for (const frame of [1, 2, 3]) {
      client.send(ACTION);
      await client.next();
      await events.until('invocation', frame);
    }
    const of = (event: string, field: string) =>
      events.all.filter((one) => one.event === event).map(({ data }) => data[field]);
    expect(of('received', 'frame')).toEqual([1, 2, 3]);
    expect(of('sent', 'frame')).toEqual([1, 2, 3]);
    expect(of('started', 'cold')).toEqual([true, false, false]);
  });

  it('[X13] [X7] shows a frame that is late when it goes out, not when it was posted', async () => {
    const { events, client } = await setUp({ faults: { delayMs: 150 } });
    client.send(ACTION);
    await client.next();
    const { data: sent } = await events.until('sent');
    const posted = events.all.find(({ data }) => data['service'] === '@connections');
    expect(Number(sent['at']) - Number(posted?.data['at'])).toBeGreaterThan(140);
  });

  it('[X13] [X6] shows a call that is never answered', async () => {
    const { events, client } = await setUp({ faults: { hang: 1 } });
    client.send(ACTION);
    await events.until('called', 2);
    const { data } = events.all.findLast(({ event }) => event === 'called') ?? {};
    expect(data).toEqual(jasmine.objectContaining({ service: '@connections', ms: 0 }));
    expect(Object.keys(data ?? {})).not.toContain('status');
  });

  for (const [refused, faults, frame] of [
    ['forbidden', {}, '{}'],
    ['throttled', { throttle: 1 }, ACTION],
    ['dropped', { drop: 1 }, ACTION],
  ] as const) {
    it(`[X13] says that a frame was ${refused}`, async () => {
      const { events, client } = await setUp({ faults });
      client.send(frame);
      const { data } = await events.until('received');
      expect([data['refused'], data['frame']]).toEqual([refused, 1]);
      if (refused !== 'dropped')
        expect((await events.until('sent')).data['requestId']).toBe(data['requestId']);
    });
  }

  it('[X13] tells of faults as they are switched', async () => {
    const { running, events } = await setUp();
    await switchOn(running, { drop: 0.5 });
    expect((await events.until('faults')).data).toEqual(jasmine.objectContaining({ drop: 0.5, hang: 0 }));
  });

  const switchOn = ({ runner }: Running, faults: object): Promise<Response> =>
    fetch(`http://127.0.0.1:${runner.port}/_local/faults`, { method: 'POST', body: JSON.stringify(faults) });
});
