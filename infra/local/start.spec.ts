import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { WebSocket } from 'ws';
import { AWS_LIMITS } from './limits.ts';
import { start } from './start.ts';
import { type TestApp, writeAssembly } from './testing/assembly.ts';
import { run, stopAll } from './testing/running.ts';

const OK = `export const handler = async () => ({ body: 'ok' });`;
const app: TestApp = { functions: { f: { code: OK } }, routes: { $default: 'f' }, twoWay: ['$default'] };
const integration = (properties: object) => ({
  Integrationf: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { ApiId: { Ref: 'Api' }, ...properties },
  },
});

const SIGNED =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0';

describe('start', () => {
  afterEach(stopAll);

  it('tells where the stage is and what it passes over', async () => {
    const { runner } = await run({
      ...app,
      resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Role: { Type: 'AWS::IAM::Role' } },
    });
    expect(runner.endpoints).toEqual([
      {
        api: 'test',
        stage: 'test',
        webSocketUrl: `ws://localhost:${runner.port}/test`,
        managementUrl: `http://localhost:${runner.port}/test`,
      },
    ]);
    expect(runner.ignored).toEqual(['AWS::S3::Bucket']);
  });

  it('serves config.json with the WebSocket URL, and where /_local is [X12]', async () => {
    const { runner } = await run(app);
    const response = await fetch(`http://127.0.0.1:${runner.port}/config.json`);
    const webSocketUrl = `ws://localhost:${runner.port}/test`;
    expect(await response.json()).toEqual({ webSocketUrl, local: '_local/' });
  });

  it('tells who asks under another name that name, and nothing of /_local [X12] [X14]', async () => {
    const { runner } = await run(app, {}, { host: '127.0.0.2' });
    const response = await fetch(`http://127.0.0.2:${runner.port}/config.json`);
    expect(await response.json()).toEqual({ webSocketUrl: `ws://127.0.0.2:${runner.port}/test` });
    const forwarded = await fetch(`http://127.0.0.1:${runner.port}/config.json`, {
      headers: { 'x-forwarded-for': '192.168.1.9' },
    });
    expect(await forwarded.json()).toEqual({ webSocketUrl: `ws://localhost:${runner.port}/test` });
  });

  it('lets nobody else on the network call @connections [X14]', async () => {
    const { runner } = await run(app);
    const ask = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${runner.port}/test/@connections/AAAAAAACAAAAAA=`, {
        headers: {
          authorization: SIGNED,
          ...headers,
        },
      });
    const near = await ask({});
    const far = await ask({ 'x-forwarded-for': '192.168.1.9' });
    expect(far.status).toBe(403);
    expect(far.headers.get('x-amzn-errortype')).toBe('ForbiddenException');
    expect(near.status).not.toBe(403);
  });

  it("tells the page in config.json the limits that are not AWS's, and no others [X12]", async () => {
    const limits = { idleTimeoutMs: 5000, maxDurationMs: AWS_LIMITS.maxDurationMs, burst: 1 };
    const { runner } = await run(app, limits);
    const response = await fetch(`http://127.0.0.1:${runner.port}/config.json`);
    const webSocketUrl = `ws://localhost:${runner.port}/test`;
    expect(await response.json()).toEqual({ webSocketUrl, local: '_local/', idleTimeoutMs: 5000 });

    const other = await run(app, { maxDurationMs: 20_000 });
    const told = await fetch(`http://127.0.0.1:${other.runner.port}/config.json`);
    expect(await told.json()).toEqual(jasmine.objectContaining({ maxDurationMs: 20_000 }));
  });

  it('tells it, too, what whoever starts the runner adds [X12]', async () => {
    const { runner } = await run(app, {}, { config: { auth: 'jwt' } });
    const response = await fetch(`http://127.0.0.1:${runner.port}/config.json`);
    expect(await response.json()).toEqual(jasmine.objectContaining({ auth: 'jwt', local: '_local/' }));
  });

  it('ends its port, its sockets and its threads when it is stopped', async () => {
    const { runner, connect } = await run(app);
    const { closed } = await connect();
    await runner.stop();
    expect((await closed).code).toBe(1006);
    await expectAsync(fetch(`http://127.0.0.1:${runner.port}/config.json`)).toBeRejected();
  });

  it('ends though its clients come back at once', async () => {
    const { runner } = await run(app);
    const { webSocketUrl = '' } = runner.endpoints[0] ?? {};
    let isOver = false;
    const comeBack = (): void => {
      const socket = new WebSocket(webSocketUrl);
      socket.on('error', () => undefined);
      socket.once('close', () => isOver || setImmediate(comeBack));
    };
    for (let clients = 0; clients < 50; clients++) {
      comeBack();
      // One after the other, so that at every moment some are connecting.
      await new Promise(setImmediate);
    }
    await runner.stop();
    isOver = true;
    await expectAsync(fetch(`http://127.0.0.1:${runner.port}/`)).toBeRejected();
  });

  it('goes on after a request that is not one', async () => {
    const { runner, connect } = await run(app);
    for (const path of ['//', '/%', '/test/@connections/%E0%A4%A', '/?%']) {
      expect((await fetch(`http://127.0.0.1:${runner.port}${path}`)).status)
        .withContext(path)
        .toBe(403);
    }
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('ok');
  });

  it('goes on after a client that breaks off in the middle of its body', async () => {
    const { runner, connect, log } = await run(app);
    const socket = createConnection(runner.port, '127.0.0.1');
    socket.write(
      'POST /test/@connections/AAAAAAAAAAAAAAA= HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc',
    );
    await once(socket, 'ready');
    socket.resetAndDestroy();
    await once(socket, 'close');
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('ok');
    expect(log.filter((line) => line.includes('failed'))).toEqual([]);
  });

  it('says so when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { directory, remove } = await writeAssembly(app);
    await expectAsync(start({ assembly: directory, port })).toBeRejectedWithError(
      new RegExp(`^Port ${port} is taken`),
    );
    taken.close();
    await remove();
  });

  const refusals: readonly [says: string, app: TestApp, message: string][] = [
    [
      'another runtime',
      { ...app, functions: { f: { code: OK, runtime: 'python3.13' } } },
      'Functionf: only Node.js functions run here; its runtime is python3.13',
    ],
    [
      'a function of another stack',
      {
        ...app,
        resources: integration({
          IntegrationType: 'AWS_PROXY',
          IntegrationUri:
            'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:x/invocations',
        }),
      },
      'Integrationf: no function of the template has the ARN arn:aws:lambda:us-east-1:1:function:x',
    ],
    [
      'a template without a WebSocket API',
      {
        ...app,
        resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } } },
      },
      'has no WebSocket API: an AWS::ApiGatewayV2::Api whose ProtocolType is WEBSOCKET, or an AWS::Serverless::WebSocketApi',
    ],
  ];
  for (const [says, refused, message] of refusals) {
    it(`refuses ${says}, and names the resource`, async () => {
      await expectAsync(run(refused)).toBeRejectedWithError(new RegExp(`${message.replaceAll('.', '\\.')}$`));
    });
  }

  it('says what is wrong with a folder that is no assembly', async () => {
    await expectAsync(start({ assembly: import.meta.dirname })).toBeRejectedWithError(
      /manifest\.json cannot be read: is this the folder/,
    );
  });
});
