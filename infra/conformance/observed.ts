import type { WebSocket } from 'ws';
import type { Endpoint, Visit } from './endpoint.ts';
import { readEcho, type SeenEvent } from './seen-event.ts';
import type { Visitor } from './visitor.ts';

/** A visitor whose `$connect` and `$disconnect` another one is told of. */
export interface Observed {
  readonly visitor: Visitor;
  readonly connected: SeenEvent;
  /** The event of `$disconnect`, once `leave` has ended the connection. */
  readonly disconnected: (leave: (visitor: Visitor) => unknown) => Promise<SeenEvent>;
}

/** Connects under observation; `query` goes after what the observation needs. */
export async function observed(endpoint: Endpoint, visit: Visit = {}): Promise<Observed> {
  const observer = await endpoint.visit();
  const query = `?observer=${encodeURIComponent(await observer.id())}${visit.query ?? ''}`;
  const visitor = await endpoint.visit({ ...visit, query });
  const connected = readEcho(await observer.next());
  return {
    visitor,
    connected,
    disconnected: async (leave) => {
      await leave(visitor);
      return readEcho(await observer.next());
    },
  };
}

/** A handshake that its client breaks off while `$connect` runs; what `$disconnect` is told. */
export async function brokenOff(endpoint: Endpoint): Promise<SeenEvent> {
  const observer = await endpoint.visit();
  const query = `?observer=${encodeURIComponent(await observer.id())}&wait=1500`;
  const socket: WebSocket = endpoint.begin({ query });
  await new Promise((resolve) => setTimeout(resolve, 700));
  socket.terminate();
  await observer.next(); // $connect's own.
  return readEcho(await observer.next());
}

/** `4001 done`: what `$disconnect` was told. */
export const endingOf = ({ requestContext }: SeenEvent): string =>
  `${String(requestContext['disconnectStatusCode'])} ${String(requestContext['disconnectReason'])}`;
