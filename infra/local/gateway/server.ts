import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Gateway } from './gateway.ts';
import { readBody, reply } from './http.ts';
import { answerLocal, LOCAL_PATH, type Steering } from './local/local-api.ts';
import { parseManagementPath } from './management.ts';
import { parseTarget } from './target.ts';

/** The runner is for the machine it runs on. */
export const LOOPBACK = '127.0.0.1';

/** The longest that a client may take to send the head of its request, from the first byte or from when it connected. */
const HEADERS_TIMEOUT_MS = 10_000;

/** To a browser, or whoever else asks for a stage by plain HTTP (PARITY H16). */
const MUST_UPGRADE = { connection: 'upgrade', upgrade: 'websocket' };
/** The SDK knows a wrong endpoint by it, too (PARITY M8). */
const FORBIDDEN = { 'content-type': 'application/json', 'x-amzn-ErrorType': 'ForbiddenException' };

/** A listening port of one WebSocket API: sockets, its `@connections` API, `config.json` for a page, and `/_local`. */
export interface GatewayServer {
  readonly port: number;
  /** From now on, hands what arrives to `gateway`. */
  serve(gateway: Gateway, config: object, steering: Steering): void;
  stop(): Promise<void>;
}

/** Listens on `port` of the loopback interface (0: any free one). Rejects with a sentence when it is taken. */
export async function listen(port: number): Promise<GatewayServer> {
  // Who does not come to the end of his headers is let go (PARITY H30). The default looks every 30 seconds.
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: 1000 });
  // Longer than a frozen function sleeps: it finds its connection as it left it.
  server.keepAliveTimeout = 0;
  // While the rest is started a client gets an answer all the same, and tries again.
  const notYet = (_request: IncomingMessage, response: ServerResponse): void =>
    reply(response, 503, { 'content-type': 'application/json' }, '{"message":"Service Unavailable"}');
  server.on('request', notYet);
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    serve(gateway, config, steering) {
      server.off('request', notYet);
      server.on('request', (request, response) => {
        // A client that goes away in the middle of its body: nobody is left to answer.
        answer(request, response, gateway, config, steering).catch(() => response.destroy());
      });
      server.on('upgrade', (request, stream, head) => gateway.upgrade(request, stream, head));
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gateway: Gateway,
  config: object,
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
      JSON.stringify(config),
    );
    return;
  }
  if (parseManagementPath(path) === undefined) {
    if (request.method === 'GET' && gateway.isStage(path)) reply(response, 426, MUST_UPGRADE, '');
    else reply(response, 403, FORBIDDEN, '{"message":"Forbidden"}');
    return;
  }
  const body = await readBody(request);
  const { headers, method = 'GET' } = request;
  const answered = gateway.manage({ method, path, authorization: headers.authorization, body });
  if (answered === undefined) return; // PARITY X6: it is never answered.
  reply(response, answered.status, answered.headers, answered.body);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken: choose another with --port, or 0 for any free one`)
          : error,
      );
    });
    server.listen(port, LOOPBACK, resolve);
  });
}
