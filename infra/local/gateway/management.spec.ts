import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { type Running, run, stopAll, type TestClient } from '../testing/running.ts';

const WHO = `export const handler = async ({ requestContext: { connectionId, disconnectStatusCode: code } }) => {
  if (code) console.log('GOODBYE ' + code);
  return { statusCode: 200, body: connectionId };
};`;
const app = {
  functions: { who: { code: WHO } },
  routes: { $default: 'who', $disconnect: 'who' },
  twoWay: ['$default'],
};
const NEVER_WAS = 'C51DherHNjMCI3Q=';
const SIGNED =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0';

describe('@connections', () => {
  let running: Running;
  let client: TestClient;
  let connectionId: string;
  let api: ApiGatewayManagementApiClient;

  beforeEach(async () => {
    running = await run(app);
    client = await running.connect();
    client.send('who am i');
    connectionId = await client.next();
    api = new ApiGatewayManagementApiClient({
      endpoint: running.runner.endpoints[0]?.managementUrl ?? '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
  });
  afterEach(async () => {
    api.destroy();
    await stopAll();
  });

  const post = (id: string, data: string) =>
    api.send(new PostToConnectionCommand({ ConnectionId: id, Data: data }));
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${running.runner.port}${path}`, {
      method: 'POST',
      headers: { authorization: SIGNED },
      ...init,
    });

  it('[M1] posts a text to a client', async () => {
    const { $metadata } = await post(connectionId, 'こんにちは');
    expect($metadata.httpStatusCode).toBe(200);
    expect(await client.next()).toBe('こんにちは');
  });

  it('[M14] posts bytes as text, whatever they are', async () => {
    const got = once(client.socket, 'message') as Promise<[Buffer, boolean]>;
    await api.send(
      new PostToConnectionCommand({ ConnectionId: connectionId, Data: Uint8Array.of(0x61, 0xff) }),
    );
    const [text, isBinary] = await got;
    expect([text.toString('utf8'), isBinary]).toEqual(['a\ufffd', false]);
  });

  it('[M2] describes a connection', async () => {
    const { ConnectedAt, LastActiveAt, Identity } = await api.send(
      new GetConnectionCommand({ ConnectionId: connectionId }),
    );
    expect(Identity?.SourceIp).toBe('127.0.0.1');
    expect(Math.abs(Date.now() - (ConnectedAt?.getTime() ?? 0))).toBeLessThan(60_000);
    expect(LastActiveAt?.getTime()).toBeGreaterThanOrEqual(ConnectedAt?.getTime() ?? Infinity);
  });

  it('[M1] [M12] [D1] closes a connection with 1000, and tells $disconnect', async () => {
    const { $metadata } = await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
    expect($metadata.httpStatusCode).toBe(204);
    expect(await client.closed).toEqual({ code: 1000, reason: '' });
    expect(await running.logged('GOODBYE ')).toBe('1000');
  });

  const paths = ['/test/@connections/ID=', '/test/%40connections/ID%3D', '//test//@connections/ID%3D'];
  for (const path of paths) {
    it(`[M3] takes the path ${path}`, async () => {
      const response = await call(
        path.replace(/ID(=|%3D)/, (_, equals: string) => connectionId.slice(0, -1) + equals),
        { body: 'x' },
      );
      expect(response.status).toBe(200);
      expect(await client.next()).toBe('x');
    });
  }

  it('[M4] [M5] [M6] answers 410 without a body, which the SDK knows as GoneException, for an id that never was', async () => {
    const response = await call(`/test/@connections/${NEVER_WAS}`, { body: 'x' });
    expect([response.status, response.headers.get('x-amzn-errortype'), await response.text()]).toEqual([
      410,
      'GoneException',
      '',
    ]);
    await expectAsync(post(NEVER_WAS, 'x')).toBeRejectedWith(
      jasmine.objectContaining({ name: 'GoneException' }),
    );
  });

  it('[M4] writes x-amzn-ErrorType in AWS’s letter case', async () => {
    const answered = once(
      request(`http://127.0.0.1:${running.runner.port}/test/@connections/${NEVER_WAS}`, {
        headers: { authorization: SIGNED },
      }).end(),
      'response',
    ) as Promise<[IncomingMessage]>;
    const [response] = await answered;
    response.resume();
    expect(response.rawHeaders).toContain('x-amzn-ErrorType');
  });

  it('[M8] answers an endpoint without its stage so that the SDK knows it as ForbiddenException', async () => {
    const wrong = new ApiGatewayManagementApiClient({
      endpoint: `http://127.0.0.1:${running.runner.port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await expectAsync(
      wrong.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'x' })),
    ).toBeRejectedWith(jasmine.objectContaining({ name: 'ForbiddenException' }));
    wrong.destroy();
  });

  it('[M6] answers 410 for a connection that has closed', async () => {
    client.socket.close();
    await running.logged('GOODBYE ');
    await expectAsync(post(connectionId, 'x')).toBeRejectedWith(
      jasmine.objectContaining({ name: 'GoneException' }),
    );
  });

  it('[M7] answers 400 for what cannot be an id', async () => {
    await expectAsync(post('nobody', 'x')).toBeRejectedWith(
      jasmine.objectContaining({ name: 'BadRequestException', message: 'Invalid connectionId: nobody' }),
    );
  });

  it('[M8] [M11] answers 403 at another stage or path, and to a call that is not signed', async () => {
    for (const [path, init] of [
      [`/other/@connections/${connectionId}`, {}],
      ['/test/somewhere', {}],
      [`/test/@connections/${connectionId}`, { headers: {} }],
      [`/test/@connections/${connectionId}`, { method: 'PUT' }],
    ] as const) {
      const response = await call(path, init);
      expect([response.status, await response.text()])
        .withContext(path)
        .toEqual([403, '{"message":"Forbidden"}']);
    }
  });

  it('[M9] [Q4] takes 128 KB, as one message, and answers 413 to more', async () => {
    await post(connectionId, 'x'.repeat(128 * 1024));
    expect((await client.next()).length).toBe(128 * 1024);
    await expectAsync(post(connectionId, 'x'.repeat(128 * 1024 + 1))).toBeRejectedWith(
      jasmine.objectContaining({ name: 'PayloadTooLargeException' }),
    );
  });

  it('[M9] answers 429 when a client does not read, instead of keeping everything for it', async () => {
    client.socket.pause();
    const data = 'x'.repeat(128 * 1024);
    const untilRefused = async (): Promise<void> => {
      for (let sent = 0; sent < 500; sent++) await post(connectionId, data);
    };
    await expectAsync(untilRefused()).toBeRejectedWith(
      jasmine.objectContaining({ name: 'LimitExceededException' }),
    );
  });
});
