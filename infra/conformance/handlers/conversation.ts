// Every route of messages: does what the route is called.
import { setTimeout as delay } from 'node:timers/promises';
import { echo, type GatewayEvent, type LambdaContext, type ProxyResult } from './events.ts';
import { post } from './posts.ts';

type Act = (event: GatewayEvent, context: LambdaContext) => unknown;

const ok: ProxyResult = { statusCode: 200 };
const ACTS: Readonly<Record<string, Act>> = {
  length: ({ body = '' }) => ({ ...ok, body: String(Buffer.byteLength(body)) }),
  status: () => ({ statusCode: 500, headers: { 'X-Custom': 'c' }, body: 'the body of a 500' }),
  empty: () => ok,
  oneWay: () => ({ ...ok, body: 'nobody reads this' }),
  self: async (event, context) => {
    await post(event, event.requestContext.connectionId, echo(event, context));
    return ok;
  },
  throw: () => {
    throw new Error('as the client wished');
  },
  exit: () => process.exit(0),
  never: () => new Promise(() => undefined),
  unknownKey: () => ({ ...ok, ConnectionId: 'a', Data: 'b' }),
  nothing: () => undefined,
  slow: async () => {
    await delay(2000);
    return ok;
  },
};

export const handler = async (event: GatewayEvent, context: LambdaContext): Promise<unknown> => {
  const act = ACTS[event.requestContext.routeKey];
  return act === undefined ? { ...ok, body: echo(event, context) } : await act(event, context);
};
