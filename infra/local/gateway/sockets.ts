import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from '../limits.ts';
import { rewriteUpgradeHead } from './upgrade-head.ts';

/** How long a closing socket may take to answer the close frame, before it is cut. */
const CLOSE_TIMEOUT_MS = 5000;

/** Lets a handshake in, or answers it with a status, a body and headers. */
export type Answer = (
  admitted: boolean,
  status?: number,
  body?: string,
  headers?: Record<string, string>,
) => void;

/** Turns admitted handshakes into WebSockets. `subprotocolOf`: what `$connect` has chosen for one. */
export function webSockets(
  admit: (request: IncomingMessage, answer: Answer) => void,
  subprotocolOf: (request: IncomingMessage) => string | undefined,
): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_MESSAGE_BYTES,
    // API Gateway takes the offer of clients that make it (PARITY H3).
    // With a context kept from message to message the library would compress the shortest too, and each browser cost 260 KB.
    perMessageDeflate: { threshold: 1024, serverNoContextTakeover: true },
    closeTimeout: CLOSE_TIMEOUT_MS,
    autoPong: false,
    handleProtocols: () => false,
    verifyClient: ({ req }, answer) => admit(req, answer),
  } as ConstructorParameters<typeof WebSocketServer>[0]);
  sockets.on('headers', (headers, request) => rewriteUpgradeHead(headers, subprotocolOf(request)));
  return sockets;
}
