import { run, stopAll } from '../testing/running.ts';

const AUTHORIZE = `export const handler = async (event) => {
  const { token, context, from } = event.queryStringParameters;
  console.log('ASKED ' + JSON.stringify(event));
  if (token === 'throw') throw new Error('Unauthorized');
  if (token === 'fail') throw new Error('Unauthorized, or so');
  if (token === 'nothing') return { statusCode: 401 };
  const Effect = token === 'deny' ? 'Deny' : 'Allow';
  return {
    ...(token !== 'nobody' && { principalId: 'ann' }),
    policyDocument: { Version: '2012-10-17', Statement: [{
      Action: 'execute-api:Invoke', Effect, Resource: event.methodArn,
      ...(from && { Condition: { IpAddress: { 'aws:SourceIp': [from] } } }),
    }] },
    ...(token === 'long' && { usageIdentifierKey: 'x'.repeat(8192) }),
    context: context ? JSON.parse(context) : { admin: true, level: 7 },
  };
};`;
const TELL = `export const handler = async ({ requestContext }) => {
  console.log('TOLD ' + JSON.stringify(requestContext));
  return { statusCode: 200, body: JSON.stringify(requestContext) };
};`;
const app = {
  functions: { authorize: { code: AUTHORIZE }, tell: { code: TELL } },
  routes: { $connect: 'tell', $default: 'tell', $disconnect: 'tell' },
  twoWay: ['$default'],
  authorizer: { function: 'authorize', identitySources: ['route.request.querystring.token'] },
};
const CONTEXT = jasmine.objectContaining({
  authorizer: { principalId: 'ann', admin: 'true', level: '7', integrationLatency: jasmine.any(Number) },
});

describe('an authorizer', () => {
  afterEach(stopAll);

  it('[A6] adds what it says to every event, as text', async () => {
    const { connect, logged } = await run(app);
    const client = await connect('?token=a');
    expect(JSON.parse(await logged('TOLD '))).toEqual(CONTEXT);
    client.send('x');
    const message = await client.next();
    expect(JSON.parse(message)).toEqual(CONTEXT);
    expect(message).toContain('{"routeKey":"$default","authorizer":{"principalId":"ann"');
    await logged('TOLD ');
    client.socket.close();
    const goodbye = await logged('TOLD ');
    expect(JSON.parse(goodbye)).toEqual(CONTEXT);
    expect(goodbye).toContain('{"routeKey":"$disconnect","disconnectStatusCode":1005,"authorizer":');
  });

  it('[A7] is asked with the connection’s own headers and the ARN of $connect', async () => {
    const { connect, logged } = await run(app);
    await connect('?token=a');
    const event = JSON.parse(await logged('ASKED ')) as Record<string, Record<string, unknown>>;
    expect(Object.keys(event)).toEqual([
      'type',
      'methodArn',
      'headers',
      'multiValueHeaders',
      'queryStringParameters',
      'multiValueQueryStringParameters',
      'stageVariables',
      'requestContext',
    ]);
    expect(event['methodArn']).toMatch(
      /^arn:aws:execute-api:us-east-1:123456789012:[a-z0-9]{10}\/test\/\$connect$/,
    );
    expect(event['headers']).toEqual(
      jasmine.objectContaining({ Connection: 'upgrade', 'content-length': '0', Upgrade: 'websocket' }),
    );
    expect(event['requestContext']?.['connectionId']).toMatch(/=$/);
  });

  const refused: readonly [rule: string, query: string, status: number][] = [
    ['A2', '', 401],
    ['A2', '?token=', 401],
    ['A3', '?token=throw', 401],
    ['A4', '?token=deny', 403],
    ['A5', '?token=fail', 500],
    ['A5', '?token=nothing', 500],
    ['A5', '?token=nobody', 500],
    ['A9', '?token=long', 500],
    ['A5', `?token=a&context=${encodeURIComponent('{"a":{"b":1}}')}`, 500],
  ];
  for (const [rule, query, status] of refused) {
    it(`[${rule}] [A8] refuses with ${status} after ${query || 'no query'}, and $connect hears nothing of it`, async () => {
      const { connect, log } = await run(app);
      await expectAsync(connect(query)).toBeRejectedWithError(`Unexpected server response: ${status}`);
      expect(log.filter((line) => line.includes('TOLD'))).toEqual([]);
      expect(log.some((line) => line.includes('ASKED'))).toBe(rule !== 'A2');
    });
  }

  it('[A10] lets in by an address, and refuses by one', async () => {
    const { connect } = await run(app);
    await expectAsync(connect('?token=a&from=127.0.0.0/8')).toBeResolved();
    await expectAsync(connect('?token=a&from=192.0.2.0/24')).toBeRejectedWithError(
      'Unexpected server response: 403',
    );
  });

  it('[A2] finds an identity in a header, whatever the letter case', async () => {
    const { connect } = await run({
      ...app,
      authorizer: {
        function: 'authorize',
        identitySources: ['route.request.header.Sec-Websocket-Protocol', 'route.request.querystring.token'],
      },
    });
    await expectAsync(
      connect('?token=a', { headers: { 'sec-websocket-protocol': 'bearer' } }),
    ).toBeResolved();
    await expectAsync(connect('?token=a')).toBeRejectedWithError('Unexpected server response: 401');
  });

  it('[A2] finds an identity in stage variables and in the context, or misses it there', async () => {
    const connectWith = async (sources: readonly string[], headers = {}): Promise<unknown> => {
      const { connect } = await run({
        ...app,
        stageVariables: { tenant: 'one' },
        authorizer: { function: 'authorize', identitySources: sources },
      });
      return connect('?token=a', { headers });
    };
    const missing = 'Unexpected server response: 401';
    await expectAsync(connectWith(['stageVariables.tenant', 'context.identity.sourceIp'])).toBeResolved();
    await expectAsync(connectWith(['stageVariables.other'])).toBeRejectedWithError(missing);
    await expectAsync(connectWith(['context.identity.userAgent'])).toBeRejectedWithError(missing);
    await expectAsync(connectWith(['context.identity.userAgent'], { 'user-agent': 'wscat' })).toBeResolved();
  });

  for (const source of ['$request.header.Authorization', 'method.request.header.Authorization', 'token']) {
    it(`[A2] is refused at the start for ${source}, which other kinds of API have`, async () => {
      await expectAsync(
        run({ ...app, authorizer: { function: 'authorize', identitySources: [source] } }),
      ).toBeRejectedWithError(
        `Authorizer: ${source} is not an identity source of a WebSocket API, as route.request.header.X, route.request.querystring.X, stageVariables.X and context.X are`,
      );
    });
  }

  it('[A1] is not asked again for messages', async () => {
    const { connect, log } = await run(app);
    const client = await connect('?token=a');
    client.send('x');
    await client.next();
    expect(log.filter((line) => line.includes('ASKED')).length).toBe(1);
  });
});
