import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Limits } from '../limits.ts';
import { listenAt } from '../listen.ts';
import type { Logger } from '../log.ts';
import { calledName } from '../site/addresses.ts';
import type { Gateway } from './gateway.ts';
import { readBody, reply, replyToFailure } from './http.ts';
import { isSentHere } from './local/guard.ts';
import { answerLocal, LOCAL_PATH, localFor, type Steering } from './local/local-api.ts';
import { parseManagementPath } from './management.ts';
import { parseTarget } from './target.ts';

/** The longest that a client may take to send the head of its request, from the first byte or from when it connected. */
const HEADERS_TIMEOUT_MS = 10_000;

/** To a browser, or whoever else asks for a stage by plain HTTP (PARITY H16). */
const MUST_UPGRADE = { connection: 'upgrade', upgrade: 'websocket' };
/** The SDK knows a wrong endpoint by it, too (PARITY M8). */
const FORBIDDEN = { 'content-type': 'application/json', 'x-amzn-ErrorType': 'ForbiddenException' };

/** What a page is told, when it is opened on this machine. */
export interface PageConfig extends Partial<Limits> {
  readonly webSocketUrl: string;
}

/** A listening port of one WebSocket API: sockets, its `@connections` API, `config.json` for a page, and `/_local`. */
export interface GatewayServer {
  readonly port: number;
  /** From now on, hands what arrives to `gateway`. */
  serve(gateway: Gateway, config: PageConfig, steering: Steering): void;
  stop(): Promise<void>;
}

/** Listens on `port` of the loopback interface (0: any free one), and of `host` too. Rejects with a sentence when it is taken. */
export async function listen(port: number, host: string | undefined, log: Logger): Promise<GatewayServer> {
  // A client that does not finish its headers is let go (PARITY H30). By default Node.js looks every 30 seconds.
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 1000 });
  // Longer than a frozen function sleeps: it finds its connection as it left it.
  server.keepAliveTimeout = 0;
  // While the rest is started a client gets an answer all the same, and tries again.
  const notYet = (_request: IncomingMessage, response: ServerResponse): void =>
    reply(response, 503, { 'content-type': 'application/json' }, '{"message":"Service Unavailable"}');
  server.on('request', notYet);
  const listening = await listenAt(server, port, { flag: '--port', host });
  return {
    port: listening.port,
    serve(gateway, config, steering) {
      server.off('request', notYet);
      server.on('request', (request, response) => {
        answer(request, response, gateway, config, steering).catch((error: unknown) =>
          replyToFailure(request, response, error, log),
        );
      });
      server.on('upgrade', (request, stream, head) => gateway.upgrade(request, stream, head));
    },
    stop: listening.stop,
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gateway: Gateway,
  config: PageConfig,
  steering: Steering,
): Promise<void> {
  const { path } = parseTarget(request.url);
  if (path.startsWith(LOCAL_PATH)) {
    await answerLocal(request, response, path, steering);
    return;
  }
  if (path === '/config.json' && request.method === 'GET') {
    reply(
      response,
      200,
      { 'content-type': 'application/json', 'cache-control': 'no-store' },
      JSON.stringify(configFor(request, config, steering)),
    );
    return;
  }
  if (parseManagementPath(path) === undefined) {
    if (request.method === 'GET' && gateway.isStage(path)) reply(response, 426, MUST_UPGRADE, '');
    else reply(response, 403, FORBIDDEN, '{"message":"Forbidden"}');
    return;
  }
  if (!isSentHere(request)) {
    // Whose signature a call has is not checked, so that a neighbour's would do (PARITY X14).
    reply(response, 403, FORBIDDEN, '{"message":"Forbidden"}');
    return;
  }
  const body = await readBody(request);
  const { headers, method = 'GET' } = request;
  const answered = gateway.management.answer({ method, path, authorization: headers.authorization, body });
  if (answered === undefined) return; // PARITY X6: it is never answered.
  reply(response, answered.status, answered.headers, answered.body);
}

/** The configuration for one client (PARITY X12): under the name by which it calls this machine, and with `/_local` if it may use that. */
const configFor = (
  request: IncomingMessage,
  { webSocketUrl, ...limits }: PageConfig,
  steering: Steering,
) => ({
  webSocketUrl: webSocketUrl.replace('//localhost:', `//${calledName(request.headers.host)}:`),
  ...limits,
  ...localFor(request, steering),
});
