import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run, stopAll } from '../../testing/running.ts';
import { appOf, type TestIntegration, TROUBLE } from './testing.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A real backend: it keeps what it was sent, and answers with the status and the body that the path asks for. */
async function backend() {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks) });
      const [, status = '200', wanted = ''] = /^\/(\d+)\/([^?]*)/.exec(url) ?? [];
      if (wanted === 'hang') return;
      if (wanted === 'reset') request.socket.destroy();
      response.writeHead(Number(status), { 'X-Kind': 'cat', 'X-Many': ['1', '2'] });
      response.end(wanted === 'bytes' ? Buffer.from([0xff, 0x00]) : wanted);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
const servers: ReturnType<typeof createServer>[] = [];

function first([one]: readonly Seen[]): Seen {
  if (one === undefined) throw new Error('nothing came');
  return one;
}

const proxy = (
  uri: string,
  more: object = {},
  routes: TestIntegration['routes'] = { go: {} },
): TestIntegration => ({
  integration: { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', IntegrationUri: uri, ...more },
  responses: {},
  routes,
});
const custom = (
  uri: string,
  more: object = {},
  responses: TestIntegration['responses'] = { $default: {} },
): TestIntegration => ({
  integration: { IntegrationType: 'HTTP', IntegrationMethod: 'POST', IntegrationUri: uri, ...more },
  responses,
  routes: { go: {} },
});

describe('an HTTP_PROXY integration', () => {
  afterEach(async () => {
    await stopAll();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('[N10] gets the message as it is, and its answer goes back as it is, whatever the status', async () => {
    const { url, seen } = await backend();
    const { connect, runner } = await run(appOf({ Proxy: proxy(`${url}/500/sorry`) }));
    const client = await connect();
    client.send('{"action": "go",  "n": 1}');
    expect(await client.next()).toBe('sorry');
    const { method, headers, body } = first(seen);
    expect([method, body.toString('utf8')]).toEqual(['POST', '{"action": "go",  "n": 1}']);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['user-agent']).toMatch(/^AmazonAPIGateway_[a-z0-9]{10}$/);
    expect(headers.host).toBe(new URL(url).host);
    expect(runner.notEmulated).toEqual([]);
  });

  it('[N10] [N12] behind $connect gets the headers and the query of the client, and no body', async () => {
    const { url, seen } = await backend();
    const routes = { $connect: {} };
    const { connect } = await run(appOf({ Proxy: proxy(`${url}/204/?fixed=1`, {}, routes) }));
    await connect('?room=a&room=b', { headers: { 'X-Mine': 'yes', 'User-Agent': 'me' } });
    const { url: path, headers, body } = first(seen);
    expect(path).toBe('/204/?fixed=1&room=a&room=b');
    expect(headers['x-mine']).toBe('yes');
    expect(headers['user-agent']).toBe('me');
    expect(headers['sec-websocket-version']).toBe('13');
    expect(headers['x-forwarded-proto']).toBe('https');
    expect(headers.upgrade).toBeUndefined();
    expect(body.length).toBe(0);
  });

  for (const status of [401, 503]) {
    it(`[N12] [H10] behind $connect refuses with its status ${status}`, async () => {
      const { url } = await backend();
      const { connect } = await run(appOf({ Proxy: proxy(`${url}/${status}/no`, {}, { $connect: {} }) }));
      await expectAsync(connect()).toBeRejectedWithError(`Unexpected server response: ${status}`);
    });
  }

  it('[N12] behind $disconnect is told of the end', async () => {
    const { url, seen } = await backend();
    const mapping = {
      RequestParameters: {
        'integration.request.header.connectionId': 'context.connectionId',
        'integration.request.header.code': 'context.disconnectStatusCode',
      },
    };
    const { connect, runner } = await run(
      appOf({ Proxy: proxy(`${url}/200/`, mapping, { $disconnect: {} }) }),
    );
    const client = await connect();
    client.socket.close(4000);
    await client.closed;
    await runner.stop(); // It waits for $disconnect.
    expect(seen[0]?.headers['connectionid']).toMatch(/^[A-Za-z0-9_-]{15}=$/);
    expect(seen[0]?.headers['code']).toBe('4000');
  });

  it('[N4] gets what is mapped in the place of what the client sent', async () => {
    const { url, seen } = await backend();
    const { connect } = await run(
      appOf(
        {
          Proxy: proxy(
            `${url}/200/{who}/\${stageVariables.rest}`,
            {
              RequestParameters: {
                'integration.request.header.Sec-WebSocket-Version': "'0'",
                'integration.request.header.token': 'route.request.querystring.token',
                'integration.request.header.all': 'route.request.multivaluequerystring.token',
                'integration.request.header.agent': 'route.request.header.user-agent',
                'integration.request.header.ip': 'context.identity.sourceIp',
                'integration.request.header.missing': 'context.authorizer.missing',
                'integration.request.querystring.stage': 'stageVariables.rest',
                'integration.request.path.who': "'a/b'",
              },
            },
            { $connect: {} },
          ),
        },
        { stageVariables: { rest: 'tail' } },
      ),
    );
    await connect('?token=1&token=2', { headers: { 'User-Agent': 'me' } });
    const { url: path, headers } = first(seen);
    expect(path).toBe('/200/a%2Fb/tail?token=1&token=2&stage=tail');
    expect(headers['sec-websocket-version']).toBe('0');
    expect([headers['token'], headers['agent'], headers['ip']]).toEqual(['2', 'me', '127.0.0.1']);
    expect(headers['all']).toBe('1, 2');
    expect(headers['missing']).toBeUndefined();
  });

  it('[N4] has parts of a message in its path and headers', async () => {
    const { url, seen } = await backend();
    const { connect } = await run(
      appOf({
        Proxy: proxy(`${url}/200/{room}`, {
          RequestParameters: {
            'integration.request.path.room': 'route.request.body.data.rooms[0]',
            'integration.request.header.whole': 'route.request.body',
            'integration.request.header.list': 'method.request.body.data.rooms',
          },
        }),
      }),
    );
    const client = await connect();
    client.send({ action: 'go', data: { rooms: ['hall'] } });
    expect(await client.next()).toBe('hall');
    expect(seen[0]?.headers['whole']).toBe('{"action":"go","data":{"rooms":["hall"]}}');
    expect(seen[0]?.headers['list']).toBe('["hall"]');
  });

  it('[N9] gets the bytes that the message is base64 of', async () => {
    const { url, seen } = await backend();
    const binary = proxy(`${url}/200/`, { ContentHandlingStrategy: 'CONVERT_TO_BINARY' }, { $default: {} });
    const { connect } = await run(appOf({ Proxy: binary }));
    const client = await connect();
    client.send('/wAB');
    await client.next();
    expect([...(seen[0]?.body ?? [])]).toEqual([0xff, 0x00, 0x01]);
  });

  for (const [what, path] of [
    ['breaks off', '/200/reset'],
    ['is not there', undefined],
  ] as const) {
    it(`[N10] [R8] that ${what} is an Internal server error, and 504 for a handshake`, async () => {
      const { url } = await backend();
      const uri = path === undefined ? 'http://127.0.0.1:1/' : `${url}${path}`;
      const { connect } = await run(appOf({ Proxy: proxy(uri) }));
      const client = await connect();
      client.send({ action: 'go' });
      expect(TROUBLE.exec(await client.next())?.[1]).toBe('Internal server error');
      const closed = await run(appOf({ Proxy: proxy(uri, {}, { $connect: {} }) }));
      await expectAsync(closed.connect()).toBeRejectedWithError('Unexpected server response: 504');
    });
  }

  it('[R8] that takes too long gets Endpoint request timed out', async () => {
    const { url } = await backend();
    const { connect } = await run(appOf({ Proxy: proxy(`${url}/200/hang`, { TimeoutInMillis: 300 }) }));
    const client = await connect();
    client.send({ action: 'go' });
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Endpoint request timed out');
  });
});

describe('an HTTP integration', () => {
  afterEach(async () => {
    await stopAll();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('[N10] sends the mapped body, and maps the answer by status and header', async () => {
    const { url, seen } = await backend();
    const { connect } = await run(
      appOf({
        Custom: custom(
          `${url}/404/nobody`,
          { RequestTemplates: { $default: `{"who":$input.json('$.name')}` } },
          {
            '/2\\d\\d/': { ResponseTemplates: { $default: 'found' } },
            '/4\\d\\d/': {
              TemplateSelectionExpression: '${integration.response.header.x-kind}',
              ResponseTemplates: { cat: '$input.body: no such cat', $default: 'no such thing' },
            },
          },
        ),
      }),
    );
    const client = await connect();
    client.send({ action: 'go', name: 'Tama' });
    expect(await client.next()).toBe('nobody: no such cat');
    expect(seen[0]?.body.toString('utf8')).toBe('{"who":"Tama"}');
  });

  it('[N10] [N12] behind $connect sends nothing of the client’s but what is mapped', async () => {
    const { url, seen } = await backend();
    const gate = custom(`${url}/200/`, {
      RequestParameters: { 'integration.request.header.room': 'route.request.querystring.room' },
    });
    const { connect } = await run(appOf({ Gate: { ...gate, routes: { $connect: {} } } }));
    await connect('?room=hall&token=secret', { headers: { 'X-Mine': 'yes' } });
    const { url: path, headers } = first(seen);
    expect(path).toBe('/200/');
    expect(headers['x-mine']).toBeUndefined();
    expect(headers['room']).toBe('hall');
  });

  it('[N9] sends bytes back as base64', async () => {
    const { url } = await backend();
    const { connect } = await run(
      appOf({
        Custom: custom(`${url}/200/bytes`, {}, { $default: { ContentHandlingStrategy: 'CONVERT_TO_TEXT' } }),
      }),
    );
    const client = await connect();
    client.send({ action: 'go' });
    expect(await client.next()).toBe('/wA=');
  });
});
