import { once } from 'node:events';
import { request } from 'node:http';
import { WebSocket } from 'ws';
import { run, stopAll } from '../testing/running.ts';

/** A `$connect` that answers what the query string asks for. */
const CONNECT = `
export const handler = async ({ queryStringParameters: query = {}, ...event }) => {
  if (query.throw) throw new Error('no');
  if (query.print) console.log('EVENT ' + JSON.stringify(event.requestContext));
  if (query.wait) await new Promise((resolve) => setTimeout(resolve, Number(query.wait)));
  if (query.nothing) return undefined;
  return {
    statusCode: Number(query.status ?? 200),
    body: 'ignored',
    headers: query.protocol ? { 'sec-websocket-PROTOCOL': query.protocol } : { 'Set-Cookie': 'a=b' },
    multiValueHeaders: query.several ? { 'Sec-WebSocket-Protocol': [query.several] } : null,
  };
};`;
const GOODBYE = `export const handler = async ({ requestContext }) => {
  console.log('GOODBYE ' + requestContext.connectionId + ' ' + requestContext.disconnectStatusCode);
};`;
const app = {
  functions: { connect: { code: CONNECT }, goodbye: { code: GOODBYE } },
  routes: { $connect: 'connect', $disconnect: 'goodbye' },
};

describe('a handshake', () => {
  afterEach(stopAll);

  it('[H1] waits for $connect', async () => {
    const { connect } = await run(app);
    const before = performance.now();
    await connect('?wait=200');
    expect(performance.now() - before).toBeGreaterThan(190);
  });

  it('[H2] is accepted when there is no $connect', async () => {
    const { connect } = await run({
      functions: { goodbye: app.functions.goodbye },
      routes: { $default: 'goodbye' },
    });
    const { socket } = await connect();
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it('[E15] gives events the domain name of the API on AWS, and in Host what the client called it', async () => {
    const EVENT = `export const handler = async ({ headers, requestContext: { domainName, apiId } }) => {
      console.log('SEEN ' + JSON.stringify({ domainName: domainName.replace(apiId, 'api'), host: headers?.Host }));
      return { statusCode: 200 };
    };`;
    const { connect, logged, runner } = await run({
      functions: { f: { code: EVENT } },
      routes: { $connect: 'f', $default: 'f', $disconnect: 'f' },
    });
    const { socket, send } = await connect();
    const domainName = 'api.execute-api.us-east-1.amazonaws.com';
    const seen = async (): Promise<unknown> =>
      JSON.parse((await logged('SEEN ')).replace(/\w{10}\./, 'api.'));
    expect(await seen()).toEqual({ domainName, host: `localhost:${runner.port}` });
    send('x');
    expect(await seen()).toEqual({ domainName });
    socket.close();
    expect(await seen()).toEqual({ domainName, host: domainName });
  });

  it('[H3] takes permessage-deflate when it is offered', async () => {
    const { connect } = await run(app);
    const { socket } = await connect('', { perMessageDeflate: true });
    expect(socket.extensions).toBe('permessage-deflate');
  });

  it('[H4] sends none of the headers of $connect but the subprotocol', async () => {
    const { connect, runner } = await run(app);
    const cookies: unknown[] = [];
    const { socket } = await connect('', {
      finishRequest: (request) => {
        request.on('upgrade', ({ headers }) =>
          cookies.push(headers['set-cookie'], headers['sec-websocket-protocol']),
        );
        request.end();
      },
    });
    expect(socket.protocol).toBe('');
    expect(cookies).toEqual([undefined, undefined]);
    expect(runner.port).toBeGreaterThan(0);
  });

  it('[H5] has the subprotocol that $connect returned', async () => {
    const { connect } = await run(app);
    const { socket } = await connect('?protocol=b', {}, ['a', 'b']);
    expect(socket.protocol).toBe('b');
  });

  it('[H5] has the subprotocol that $connect returned among its headers of several values, before any other', async () => {
    const { connect } = await run(app);
    const { socket } = await connect('?several=b', {}, ['a', 'b']);
    expect(socket.protocol).toBe('b');
    const other = await connect('?protocol=a&several=b', {}, ['a', 'b']);
    expect(other.socket.protocol).toBe('b');
  });

  const broken: readonly [query: string, protocols: string[], message: string][] = [
    ['', ['a'], 'Server sent no subprotocol'],
    ['?protocol=x', ['a'], 'Server sent an invalid subprotocol'],
    ['?protocol=x', [], 'Server sent a subprotocol but none was requested'],
  ];
  for (const [query, protocols, message] of broken) {
    it(`[H6] leaves it to the client to fail: ${message}`, async () => {
      const { connect } = await run(app);
      await expectAsync(connect(query, {}, protocols)).toBeRejectedWithError(message);
    });
  }

  it('[H12] is refused with 504 when $connect takes too long', async () => {
    const { connect } = await run({ ...app, integrationTimeoutMs: 300 });
    await expectAsync(connect('?wait=5000')).toBeRejectedWithError('Unexpected server response: 504');
  });

  it('[H11] is refused with 502 when $connect takes longer than its function may', async () => {
    const { connect } = await run({
      ...app,
      functions: { ...app.functions, connect: { code: CONNECT, timeout: 1 } },
    });
    await expectAsync(connect('?wait=5000')).toBeRejectedWithError('Unexpected server response: 502');
  });

  const refused: readonly [rule: string, query: string, status: number][] = [
    ['H10', '?status=400', 400],
    ['H10', '?status=302', 302],
    ['H10', '?status=503', 503],
    ['H17', '?status=101', 502],
    ['H11', '?throw=1', 502],
    ['H11', '?nothing=1', 502],
  ];
  for (const [rule, query, status] of refused) {
    it(`[${rule}] is refused with ${status} after ${query}`, async () => {
      const { connect } = await run(app);
      await expectAsync(connect(query)).toBeRejectedWithError(`Unexpected server response: ${status}`);
    });
  }

  it('[H7] [H8] is refused with 403 and a reason at an unknown stage', async () => {
    const { runner } = await run(app);
    const { status, body } = await upgrade(`http://127.0.0.1:${runner.port}/nowhere`, UPGRADE);
    expect(status).toBe(403);
    expect(body).toBe('{"message":"Forbidden"}');
  });

  it('[H14] is answered with the headers that API Gateway was seen to send', async () => {
    const { runner } = await run(app);
    const { status, rawHeaders } = await upgrade(`http://127.0.0.1:${runner.port}/test?protocol=b`, UPGRADE);
    expect(status).toBe(101);
    expect(rawHeaders.filter((_, index) => index % 2 === 0)).toEqual([
      'Date',
      'Connection',
      'upgrade',
      'sec-websocket-accept',
      'sec-websocket-extensions',
      'Sec-WebSocket-Protocol',
    ]);
    expect(rawHeaders).toContain('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  it('[H15] that $connect refused is no connection: $disconnect does not hear of it', async () => {
    const { connect, runner, logged, log } = await run(app);
    await expectAsync(connect('?status=403')).toBeRejected();
    const { socket } = await connect('?print=1');
    const { connectionId } = JSON.parse(await logged('EVENT ')) as { connectionId: string };
    socket.close();
    expect(await logged('GOODBYE ')).toBe(`${connectionId} 1005`);
    await runner.stop();
    expect(log.filter((line) => line.includes('GOODBYE '))).toHaveSize(1);
  });

  it('[H16] is what a plain GET of a stage is told to make, with 426', async () => {
    const { runner } = await run(app);
    const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${runner.port}${path}`);
    expect((await get('/test?a=b')).status).toBe(426);
    expect((await get('/nowhere')).status).toBe(403);
  });

  it('[Q18] has a URL of at most 4,096 characters, else is refused with 414', async () => {
    const { connect } = await run(app);
    const query = (length: number): string => `?a=${'x'.repeat(length - '/test?a='.length)}`;
    await connect(query(4096));
    await expectAsync(connect(query(4097))).toBeRejectedWithError('Unexpected server response: 414');
  });

  it('[Q16] is refused with 429 beyond so many a second', async () => {
    const { connect } = await run(app, { connectionRate: 2 });
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => connect().then(String, (error: unknown) => String(error))),
    );
    expect(outcomes.filter((outcome) => outcome.endsWith(': 429')).length).toBeGreaterThan(1);
    expect(outcomes.filter((outcome) => !outcome.endsWith(': 429')).length).toBeGreaterThan(1);
    const untilAdmitted = async (): Promise<void> => {
      if ((await connect().catch(() => undefined)) === undefined) await untilAdmitted();
    };
    await expectAsync(untilAdmitted()).toBeResolved();
  });

  it('[H13] that the client gave up is undone by $disconnect, after $connect had let it in', async () => {
    const { runner, logged } = await run(app);
    const socket = new WebSocket(`${runner.endpoints[0]?.webSocketUrl ?? ''}?print=1&wait=500`);
    const failed = once(socket, 'error');
    const { connectionId } = JSON.parse(await logged('EVENT ')) as { connectionId: string };
    socket.terminate();
    await failed;
    expect(await logged('GOODBYE ')).toBe(`${connectionId} 1006`);
  });
});

const UPGRADE = {
  connection: 'upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-extensions': 'permessage-deflate',
};

interface Answer {
  readonly status: number;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

function upgrade(url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, rawHeaders: response.rawHeaders, body }),
      );
    })
      .on('upgrade', ({ statusCode = 0, rawHeaders }, socket) => {
        socket.destroy();
        resolve({ status: statusCode, rawHeaders, body: '' });
      })
      .on('error', reject)
      .end();
  });
}
