import { run, stopAll } from '../../testing/running.ts';
import { appOf, type TestIntegration, TROUBLE } from './testing.ts';

const ECHO = `export const handler = async (event) => {
  console.log('RAN ' + JSON.stringify(event));
  if (event.fail) throw new RangeError(event.fail);
  if (event.nothing) return undefined;
  if (event.wait) await new Promise((resolve) => setTimeout(resolve, event.wait));
  return { ConnectionId: event.id, echoed: event };
};`;
const INVOKE = {
  IntegrationType: 'AWS',
  IntegrationMethod: 'POST',
  IntegrationUri: {
    'Fn::Sub':
      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Functionecho.Arn}/invocations',
  },
};
const app = (one: TestIntegration, resources: Record<string, unknown> = {}) =>
  appOf({ Custom: one }, { functions: { echo: { code: ECHO } }, resources });

describe('a non-proxy integration with a function', () => {
  afterEach(stopAll);

  it('[N5] gives it the mapped event alone, and answers its result, whatever its keys', async () => {
    const { connect } = await run(
      app({
        integration: {
          ...INVOKE,
          RequestTemplates: { $default: `{"id":"$context.connectionId","said":$input.json('$.data')}` },
        },
        routes: { go: {} },
      }),
    );
    const client = await connect();
    client.send({ action: 'go', data: { a: [1] } });
    const { ConnectionId, echoed } = JSON.parse(await client.next()) as Record<string, unknown>;
    expect(ConnectionId).toMatch(/^[A-Za-z0-9_-]{15}=$/);
    expect(echoed).toEqual({ id: ConnectionId, said: { a: [1] } });
  });

  it('[N3] [N5] without templates gives it the message as it is, and null for no result', async () => {
    const { connect } = await run(app({ integration: INVOKE, routes: { go: {} } }));
    const client = await connect();
    client.send({ action: 'go' });
    expect(JSON.parse(await client.next())).toEqual({ echoed: { action: 'go' } });
    client.send({ action: 'go', nothing: true });
    expect(await client.next()).toBe('null');
  });

  it('[N5] [N8] maps its error by the first pattern that is the whole message, else by $default', async () => {
    const { connect } = await run(
      app({
        integration: INVOKE,
        responses: {
          '/No such .*/': { ResponseTemplates: { $default: `404 $input.path('$.errorMessage')` } },
          $default: {
            ResponseTemplates: { $default: `$input.path('$.errorType') $input.path('$.errorMessage')` },
          },
        },
        routes: { go: {} },
      }),
    );
    const client = await connect();
    client.send({ action: 'go', fail: 'No such room' });
    expect(await client.next()).toBe('404 No such room');
    client.send({ action: 'go', fail: 'Oh: No such room' });
    expect(await client.next()).toBe('RangeError Oh: No such room');
  });

  it('[N5] is not waited for when the invocation is an Event', async () => {
    const { connect, logged } = await run(
      app({
        integration: {
          ...INVOKE,
          RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
          TimeoutInMillis: 300,
        },
        responses: { $default: { ResponseTemplates: { $default: 'accepted' } } },
        routes: { go: {} },
      }),
    );
    const client = await connect();
    client.send({ action: 'go', wait: 2000 });
    expect(await client.next()).toBe('accepted');
    expect(await logged('RAN ')).toContain('2000');
  });

  it('[N5] is not called with an event that is no JSON', async () => {
    const { connect, log } = await run(app({ integration: INVOKE, routes: { $default: {} } }));
    const client = await connect();
    client.send('hi');
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Internal server error');
    expect(log.filter((line) => line.includes('RAN'))).toEqual([]);
  });

  it('[R8] that takes too long gets Endpoint request timed out', async () => {
    const { connect } = await run(
      app({ integration: { ...INVOKE, TimeoutInMillis: 300 }, routes: { go: {} } }),
    );
    const client = await connect();
    client.send({ action: 'go', wait: 5000 });
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Endpoint request timed out');
  });

  it('[R23] needs the permission of its function, or a role', async () => {
    const none = { Permissionecho: { Type: 'AWS::CDK::Metadata' } };
    const { connect, log } = await run({
      ...app({ integration: INVOKE, routes: { go: {} } }, none),
    });
    const client = await connect();
    client.send({ action: 'go' });
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Internal server error');
    expect(
      log.some((line) => line.startsWith('WARNING CustomRoute0 (go) may not call echo (Custom)')),
    ).toBeTrue();
  });

  it('[N12] behind $connect gets headers, query and connection by its template', async () => {
    const { connect, logged } = await run(
      app({
        integration: {
          ...INVOKE,
          RequestTemplates: {
            $default: `{"id":"$context.connectionId","params":"$input.params()","stage":"$context.stage"}`,
          },
        },
        routes: { $connect: {} },
      }),
    );
    const { socket } = await connect('?room=hall', { headers: { 'X-Mine': 'yes' } });
    expect(socket.readyState).toBe(socket.OPEN);
    const { params, stage } = JSON.parse(await logged('RAN ')) as Record<string, string>;
    expect(stage).toBe('test');
    expect(params).toContain('querystring={room=hall}');
    expect(params).toContain('X-Mine=yes');
  });

  it('[R25] may be named by its ARN alone, as a proxy too', async () => {
    const { connect } = await run(
      appOf(
        {
          Proxy: {
            integration: {
              IntegrationType: 'AWS_PROXY',
              IntegrationUri: { 'Fn::GetAtt': ['Functionecho', 'Arn'] },
            },
            routes: { go: {} },
          },
        },
        { functions: { echo: { code: 'export const handler = async () => ({ body: "by ARN" });' } } },
      ),
    );
    const client = await connect();
    client.send({ action: 'go' });
    expect(await client.next()).toBe('by ARN');
  });
});
