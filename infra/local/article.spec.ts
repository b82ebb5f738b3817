import { run, stopAll } from './testing/running.ts';
import type { TestFunction } from './testing/assembly.ts';

const handler = (body: string): TestFunction => ({ code: body, commonJs: true, runtime: 'nodejs22.x' });

/**
 * The handlers that people write after the article that this project follows: `callback` beside `async`, a post that
 * nobody waits for, the endpoint made of `domainName` and `stage`. On AWS they work, and so they have to here.
 */
const app = {
  functions: {
    onconnect: handler(`exports.handler = async (event, context, callback) => {
      try { return { statusCode: 200, body: 'Connected!' }; }
      catch (e) { return { statusCode: 500, body: 'Failed to connect: ' + JSON.stringify(e) }; }
    };`),
    ondisconnect: handler(
      `exports.handler = async (event, context, callback) => ({ statusCode: 200, body: 'Disconnected!' });`,
    ),
    onerror: handler(
      `exports.handler = async (event, context, callback) => ({ statusCode: 200, body: 'Undefined Route!' });`,
    ),
    onmessage: handler(`
      const { ApiGatewayManagementApi } = require('@aws-sdk/client-apigatewaymanagementapi');
      exports.handler = async (event, context, callback) => {
        const { domainName, stage, connectionId } = event.requestContext;
        const api = new ApiGatewayManagementApi({ endpoint: 'https://' + domainName + '/' + stage });
        const forward = JSON.parse(event.body).forward;
        const ConnectionId = forward != null ? forward : connectionId;
        const Data = forward != null ? String(JSON.parse(event.body).data) : 'YOUR ID: ' + ConnectionId;
        api.postToConnection({ ConnectionId, Data }, (err) => {
          if (err) console.log('Failed to post. Error: ' + err.name);
        });
        callback(null, { statusCode: 200, body: 'Send data!' });
      };`),
  },
  routes: {
    $connect: 'onconnect',
    $disconnect: 'ondisconnect',
    $default: 'onerror',
    sendMessageRoute: 'onmessage',
  },
};

describe('handlers in the manner of the article', () => {
  afterEach(stopAll);

  it('[L5] [L7] tell two clients who they are and forward what they say', async () => {
    const { connect } = await run(app);
    const [first, second] = [await connect(), await connect()];
    first.send('{"action":"sendMessageRoute", "data":"who am i"}');
    second.send('{"action":"sendMessageRoute", "data":"who am i"}');
    const [firstId, secondId] = [await first.next(), await second.next()].map((line) =>
      line.replace('YOUR ID: ', ''),
    );
    first.send({ action: 'sendMessageRoute', data: 'Hello wscat2!', forward: secondId });
    expect(await second.next()).toBe('Hello wscat2!');
    second.send({ action: 'sendMessageRoute', data: 'Hello wscat1!', forward: firstId });
    expect(await first.next()).toBe('Hello wscat1!');
  });

  it('[M6] log what they could not post', async () => {
    const { connect, logged } = await run(app);
    const { send } = await connect();
    send({ action: 'sendMessageRoute', data: 'x', forward: 'C51DherHNjMCI3Q=' });
    expect(await logged('Failed to post. Error: ')).toBe('GoneException');
  });
});
