import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createGatewayClient } from '../gateway-client.ts';
import { CREDENTIALS } from './database.ts';
import { listen } from './listen.ts';

/** How API Gateway's `@connections` may answer a post. */
export type Behaviour =
  | 'sent'
  | 'gone'
  | 'malformed'
  | 'too-large'
  | 'throttled'
  | 'forbidden'
  | 'broken'
  | 'failed'
  | 'cut'
  | 'hang';

// 410 and 429 come without a body; the SDK tells an error by the header alone.
const ERRORS = {
  gone: [410, 'GoneException', ''],
  malformed: [400, 'BadRequestException', '{"message":"Invalid connectionId: x"}'],
  'too-large': [413, 'PayloadTooLargeException', '{"message":"Payload too large"}'],
  throttled: [429, 'LimitExceededException', ''],
  forbidden: [403, 'ForbiddenException', '{"message":"Forbidden"}'],
  failed: [500, 'InternalServerErrorException', '{"message":"Internal server error"}'],
  broken: [400, 'SomethingNewException', '{"message":"What is this?"}'],
} as const;

/** How long a post to the stand-in may take. */
const POST_TIMEOUT_MS = 200;

/** A stand-in for API Gateway's `@connections`: keeps what is posted, and behaves for each connection as told. */
export async function startGateway() {
  const behaviours = new Map<string, Behaviour[]>();
  const posts: { connectionId: string; text: string }[] = [];
  const calls: string[] = [];
  const state = { open: 0, mostOpen: 0 };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connectionId = decodeURIComponent(request.url?.split('/@connections/')[1] ?? '');
    const body = await text(request);
    calls.push('gateway.PostToConnection');
    state.mostOpen = Math.max(state.mostOpen, ++state.open);
    response.once('close', () => state.open--);
    const [behaviour = 'sent', ...later] = behaviours.get(connectionId) ?? [];
    if (later.length > 0) behaviours.set(connectionId, later);
    if (behaviour === 'hang') return;
    if (behaviour === 'cut') {
      request.socket.resetAndDestroy();
      return;
    }
    if (behaviour === 'sent') {
      posts.push({ connectionId, text: body });
      response.end();
    } else {
      const [status, type, message] = ERRORS[behaviour];
      response.writeHead(status, { 'x-amzn-ErrorType': type }).end(message);
    }
  }

  const server = await listen(createServer((request, response) => void serve(request, response)));
  const settings = { endpoint: `${server.url}/dev`, region: 'us-east-1', credentials: CREDENTIALS };
  const client = createGatewayClient(settings, POST_TIMEOUT_MS);
  return {
    client,
    calls,
    posts,
    state,
    /** Lets the next posts to a connection end so, one after the other, and all further ones like the last. */
    behave: (connectionId: string, ...those: Behaviour[]) => behaviours.set(connectionId, those),
    async close() {
      client.destroy();
      await server.close();
    },
  };
}
