import type { TestApp } from '../testing/assembly.ts';
import { run, type Running, stopAll, type TestClient } from '../testing/running.ts';
import { Delivery } from './delivery.ts';
import { Faults } from './faults.ts';

/** Posts what it is told to, to whoever told it, and answers how that went. */
const POST = `import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
import { NodeHttpHandler } from '@smithy/node-http-handler';
export const handler = async ({ body, requestContext: { domainName, stage, connectionId, disconnectStatusCode } }) => {
  if (disconnectStatusCode) return void console.log('GOODBYE ' + disconnectStatusCode);
  const api = new ApiGatewayManagementApi({
    endpoint: 'https://' + domainName + '/' + stage,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ requestTimeout: 300, throwOnRequestTimeout: true }),
  });
  const before = Date.now();
  const outcome = await api.postToConnection({ ConnectionId: connectionId, Data: 'posted ' + body }).catch((error) => error);
  console.log('OUTCOME ' + (outcome.name ?? 'done') + ' ' + (outcome.$metadata?.httpStatusCode ?? ''));
  return { statusCode: 200 };
};`;
const app: TestApp = {
  functions: { post: { code: POST } },
  routes: { $default: 'post', $disconnect: 'post' },
};

describe('a fault', () => {
  afterEach(stopAll);

  const change = (running: Running, body: unknown): Promise<Response> =>
    fetch(`http://127.0.0.1:${running.runner.port}/_local/faults`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const faulty = async (
    faults: object,
    overHttp = false,
  ): Promise<{ running: Running; client: TestClient }> => {
    const running = await run(app, {}, { overHttp });
    const client = await running.connect();
    expect((await change(running, faults)).status).toBe(200);
    return { running, client };
  };

  it('[X1] drops the socket of who sends, without a close frame, and calls only $disconnect', async () => {
    const { running, client } = await faulty({ drop: 1 });
    client.send('x');
    expect(await client.closed).toEqual({ code: 1006, reason: '' });
    expect(await running.logged('GOODBYE ')).toBe('1006');
    expect(running.log.join('\n')).not.toContain('OUTCOME');
  });

  it('[X1] drops every socket at once', async () => {
    const running = await run(app);
    const clients = [await running.connect(), await running.connect()];
    await change(running, { dropNow: true });
    for (const { closed } of clients) expect((await closed).code).toBe(1006);
    await expectAsync(running.connect()).toBeResolved();
  });

  it('[X2] refuses a message as throttled', async () => {
    const { client } = await faulty({ throttle: 1 });
    client.send('x');
    expect(await client.next()).toMatch(/^\{"message": "Too Many Requests", /);
  });

  it('[X3] loses $disconnect', async () => {
    const { running, client } = await faulty({ loseDisconnect: 1 });
    client.socket.terminate();
    await client.closed;
    await running.runner.stop(); // Waits for every $disconnect under way.
    expect(running.log.join('\n')).not.toContain('GOODBYE');
  });

  for (const overHttp of [false, true]) {
    const way = overHttp ? 'over HTTP' : 'by the short cut';

    it(`[X4] takes the socket away before it says 410, ${way}`, async () => {
      const { running, client } = await faulty({ gone: 1 }, overHttp);
      client.send('x');
      expect(await running.logged('OUTCOME ')).toBe('GoneException 410');
      expect((await client.closed).code).toBe(1006);
    });

    for (const [name, outcome] of [
      ['limitExceeded', 'LimitExceededException 429'],
      ['internalError', 'InternalServerErrorException 500'],
    ] as const) {
      it(`[X5] answers ${outcome}, ${way}`, async () => {
        const { running, client } = await faulty({ [name]: 1 }, overHttp);
        client.send('x');
        expect(await running.logged('OUTCOME ')).toBe(outcome);
      });
    }

    it(`[X6] never answers, and the caller gives up, ${way}`, async () => {
      const { running, client } = await faulty({ hang: 1 }, overHttp);
      client.send('x');
      expect(await running.logged('OUTCOME ')).toBe('TimeoutError ');
      await change(running, { hang: 0 });
      client.send('y');
      expect(await client.next()).toBe('posted y');
    });
  }

  it('[X9] sends a post twice', async () => {
    const { client } = await faulty({ duplicate: 1 });
    client.send('x');
    expect([await client.next(), await client.next()]).toEqual(['posted x', 'posted x']);
  });

  it('answers with those in force, and leaves the others as they were', async () => {
    const { running } = await faulty({ delayMs: 5 });
    const changed: unknown = await (await change(running, { drop: 0.5, delayMs: 0 })).json();
    expect(changed).toEqual(jasmine.objectContaining({ drop: 0.5, delayMs: 0, hang: 0 }));
    const read = await fetch(`http://127.0.0.1:${running.runner.port}/_local/faults`);
    expect(await read.json()).toEqual(changed);
  });

  it('is refused with 400 when any part of it is wrong, and then none of it is in force', async () => {
    const running = await run(app);
    for (const body of [
      '',
      '[]',
      'null',
      '{"drop":1,"other":1}',
      '{"drop":1,"hang":2}',
      '{"drop":1,"hang":-0.1}',
      '{"drop":1,"hang":null}',
      '{"drop":"1"}',
      '{"drop":1,"delayMs":60001}',
      '{"drop":1,"dropNow":1}',
      '{"__proto__":{"drop":1},"toString":1}',
    ]) {
      expect((await change(running, body)).status)
        .withContext(body)
        .toBe(400);
    }
    const read = await fetch(`http://127.0.0.1:${running.runner.port}/_local/faults`);
    const values = Object.values((await read.json()) as Record<string, number>);
    expect(values.every((value) => value === 0)).toBeTrue();
  });

  it('[X10] is kept from web sites, and open to the page', async () => {
    const running = await run(app);
    const url = `http://127.0.0.1:${running.runner.port}/_local/faults`;
    const refused = await fetch(url, {
      method: 'POST',
      body: '{"drop":1}',
      headers: { origin: 'http://attacker.example' },
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    const origin = 'http://localhost:4321';
    expect((await fetch(url, { headers: { origin } })).status).toBe(403);
    running.runner.allowPage(4321);
    const own = await fetch(url, { headers: { origin } });
    expect(own.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await own.json()).toEqual(jasmine.objectContaining({ drop: 0 }));
  });
});

describe('Faults', () => {
  it('strike by chance, and throw no dice when they are off', () => {
    const dice = [0.19, 0.2];
    const faults = new Faults({ drop: 0.2 }, () => dice.shift() ?? NaN);
    expect(faults.strikes('hang')).toBeFalse();
    expect([faults.strikes('drop'), faults.strikes('drop')]).toEqual([true, false]);
  });
});

describe('Delivery', () => {
  const sent: string[] = [];
  const client = { facts: { connectionId: 'A=' }, told: 0, send: (text: string) => sent.push(text) > 0 };
  beforeEach(() => {
    sent.length = 0;
    jasmine.clock().install();
  });
  afterEach(() => jasmine.clock().uninstall());

  const post = (delivery: Delivery, ...texts: string[]): boolean[] =>
    texts.map((text) => delivery.post(client, text));

  it('brings a post at once when nothing is wrong', () => {
    post(new Delivery(new Faults()), 'a', 'b');
    expect(sent).toEqual(['a', 'b']);
  });

  it('[X7] brings posts late and in their order, whatever the jitter, also once the fault is off', () => {
    const dice = [0.9, 0];
    const faults = new Faults({ delayMs: 100, jitterMs: 100 }, () => dice.shift() ?? 0);
    const delivery = new Delivery(faults);
    post(delivery, 'a', 'b');
    faults.change({ delayMs: 0, jitterMs: 0 });
    post(delivery, 'c');
    jasmine.clock().tick(180);
    expect(sent).toEqual([]);
    jasmine.clock().tick(20);
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('[X8] brings a post after those that follow it', () => {
    const faults = new Faults({ reorder: 1 });
    const delivery = new Delivery(faults);
    post(delivery, 'a');
    faults.change({ reorder: 0 });
    post(delivery, 'b', 'c');
    expect(sent).toEqual(['b', 'c']);
    jasmine.clock().tick(100);
    expect(sent).toEqual(['b', 'c', 'a']);
  });

  it('[X7] [M9] keeps no more than a client may have waiting', () => {
    const delivery = new Delivery(new Faults({ delayMs: 100 }));
    const half = 'x'.repeat(512 * 1024);
    expect(post(delivery, half, half, 'y')).toEqual([true, true, false]);
    jasmine.clock().tick(101);
    expect(post(delivery, 'y')).toEqual([true]);
  });
});
