import { run, stopAll } from '../testing/running.ts';
import type { TestApp } from '../testing/assembly.ts';
import { Throttle } from './throttling.ts';
import { TokenBucket } from './token-bucket.ts';

const ECHO = `import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
export const handler = async ({ body, requestContext: { domainName, stage, connectionId } }) => {
  console.log('RAN ' + body);
  if (body !== 'post') return { statusCode: 200, body };
  const api = new ApiGatewayManagementApi({ endpoint: 'https://' + domainName + '/' + stage, maxAttempts: 1 });
  const posted = await api.postToConnection({ ConnectionId: connectionId, Data: 'x' }).catch((error) => error);
  return { statusCode: 200, body: posted.name + ' ' + posted.$metadata?.httpStatusCode };
};`;
const app = (settings: object = {}): TestApp => ({
  functions: { echo: { code: ECHO } },
  routes: { $default: 'echo', slow: 'echo' },
  twoWay: ['$default', 'slow'],
  resources: {
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: 'test', ...settings },
    },
  },
});
const REFUSED = /^\{"message": "Too Many Requests", "connectionId":"[^"]{16}", "requestId":"[^"]{16}"\}$/;
/** A token a year: what is used up stays used up for as long as a spec runs. */
const NEVER = 1e-8;

describe('throttling', () => {
  afterEach(stopAll);

  it('[Q13] refuses a handshake with 429', async () => {
    const { connect } = await run(
      app({ RouteSettings: { $connect: { ThrottlingRateLimit: NEVER, ThrottlingBurstLimit: 1 } } }),
    );
    await connect();
    await expectAsync(connect()).toBeRejectedWithError('Unexpected server response: 429');
  });

  it('[Q13] answers a message with a frame, calls no function, and keeps the connection', async () => {
    const { connect, log } = await run(
      app({ DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 1 } }),
    );
    const client = await connect();
    client.send('one');
    client.send('two');
    // One was refused before a function had answered the other.
    expect([await client.next(), await client.next()]).toEqual([jasmine.stringMatching(REFUSED), 'one']);
    const answered = async (): Promise<void> => {
      client.send('three');
      if ((await client.next()) !== 'three') await answered();
    };
    await answered();
    expect(log.join('\n')).not.toContain('RAN two');
  });

  it('[Q17] never keeps $disconnect from being called', async () => {
    const { connect, logged } = await run({
      ...app({ RouteSettings: { $disconnect: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 } } }),
      routes: { $default: 'echo', $disconnect: 'echo' },
    });
    const { socket } = await connect();
    socket.close();
    expect(await logged('RAN ')).toBe('undefined');
  });

  it('[Q14] takes a route’s own settings before those of the stage', async () => {
    const { connect } = await run(
      app({
        DefaultRouteSettings: { ThrottlingBurstLimit: 1 },
        RouteSettings: { slow: { ThrottlingRateLimit: 0 } },
      }),
    );
    const client = await connect();
    client.send({ action: 'slow' });
    expect(await client.next()).toMatch(REFUSED);
    client.send('x');
    expect(await client.next()).toBe('x');
  });

  it('[Q15] says at the start which limits are 0', async () => {
    const { log } = await run(
      app({
        DefaultRouteSettings: { ThrottlingRateLimit: 0, DetailedMetricsEnabled: true },
        RouteSettings: { slow: { ThrottlingBurstLimit: 0 } },
      }),
    );
    expect(log).toContain(
      'WARNING Stage: ThrottlingRateLimit in DefaultRouteSettings is 0: its requests are answered with 429',
    );
    expect(log).toContain(
      'WARNING Stage: ThrottlingBurstLimit in RouteSettings of slow is 0: its requests are answered with 429',
    );
  });

  it('[Q14] [Q15] leaves a stage alone that sets something else', async () => {
    const { connect, log } = await run(app({ DefaultRouteSettings: { DetailedMetricsEnabled: true } }));
    const client = await connect();
    client.send('x');
    expect(await client.next()).toBe('x');
    expect(log.join('\n')).not.toContain('Throttling');
  });

  it('refuses a limit that is no limit, and names the resource', async () => {
    await expectAsync(run(app({ DefaultRouteSettings: { ThrottlingRateLimit: -1 } }))).toBeRejectedWithError(
      'Stage: ThrottlingRateLimit is less than 0',
    );
  });

  for (const overHttp of [false, true]) {
    it(`[M13] answers @connections with 429 when the account has used up its requests, ${overHttp ? 'over HTTP' : 'by the short cut'}`, async () => {
      // The handshake takes one and the message the other.
      const { connect } = await run(app(), { rate: NEVER, burst: 2 }, { overHttp });
      const client = await connect();
      client.send('post');
      expect(await client.next()).toBe('LimitExceededException 429');
    });
  }
});

describe('Throttle', () => {
  const account = { rate: 1, burst: 100 };

  it('[Q13] counts each route for itself, and all of them for the account', () => {
    const now = (): number => 0;
    const settings = { everyRoute: { burst: 2 }, byRoute: new Map([['b', { burst: 3 }]]) };
    const throttle = new Throttle(settings, account, new TokenBucket({ rate: 1, burst: 4 }, now), now);
    const taken = ['a', 'a', 'a', 'b', 'b', 'b'].map((key) => throttle.admits(key));
    expect(taken).toEqual([true, true, false, true, true, false]);
  });
});
