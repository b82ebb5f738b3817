import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { CREDENTIALS } from './database.ts';
import { listen } from './listen.ts';

/** How API Gateway's `@connections` may answer a post. */
export type Behaviour =
  'sent' | 'gone' | 'malformed' | 'too-large' | 'throttled' | 'forbidden' | 'broken' | 'hang';

// 410 and 429 come without a body; the SDK tells an error by the header alone.
const ERRORS = {
  gone: [410, 'GoneException', ''],
  malformed: [400, 'BadRequestException', '{"message":"Invalid connectionId: x"}'],
  'too-large': [413, 'PayloadTooLargeException', '{"message":"Payload too large"}'],
  throttled: [429, 'LimitExceededException', ''],
  forbidden: [403, 'ForbiddenException', '{"message":"Forbidden"}'],
  broken: [400, 'SomethingNewException', '{"message":"What is this?"}'],
} as const;

/** A stand-in for API Gateway's `@connections`: keeps what is posted, and behaves for each connection as told. */
export async function startGateway() {
  const behaviours = new Map<string, Behaviour>();
  const posts: { connectionId: string; text: string }[] = [];
  const calls: string[] = [];
  const state = { open: 0, mostOpen: 0 };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connectionId = decodeURIComponent(request.url?.split('/@connections/')[1] ?? '');
    const body = await text(request);
    calls.push('gateway.PostToConnection');
    state.mostOpen = Math.max(state.mostOpen, ++state.open);
    response.once('close', () => state.open--);
    const behaviour = behaviours.get(connectionId) ?? 'sent';
    if (behaviour === 'hang') return;
    if (behaviour === 'sent') {
      posts.push({ connectionId, text: body });
      response.end();
    } else {
      const [status, type, message] = ERRORS[behaviour];
      response.writeHead(status, { 'x-amzn-ErrorType': type }).end(message);
    }
  }

  const server = await listen(createServer((request, response) => void serve(request, response)));
  const client = new ApiGatewayManagementApiClient({
    endpoint: `${server.url}/dev`,
    region: 'us-east-1',
    credentials: CREDENTIALS,
  });
  return {
    client,
    calls,
    posts,
    state,
    /** Lets posts to a connection end so from now on. */
    behave: (connectionId: string, behaviour: Behaviour) => behaviours.set(connectionId, behaviour),
    async close() {
      client.destroy();
      await server.close();
    },
  };
}
