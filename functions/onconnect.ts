/** `$connect`: a handshake, which ends when this function has answered. */
import { chooseDialect, parsePlace, PLAIN_SUBPROTOCOL, SUBPROTOCOL } from '#protocol';
import { admit } from './admission.ts';
import type { Registry } from './connections.ts';
import { type ConnectEvent, type GatewayResponse, header } from './events.ts';
import { mayEnter } from './invitation.ts';
import type { Log } from './log.ts';
import { parts } from './parts.ts';
import { type Doors, mayConnect } from './origin.ts';
import type { Connection } from './people.ts';
import type { Presence } from './presence.ts';
import { newSession } from './sessions.ts';

interface Parts {
  readonly registry: Pick<Registry, 'add' | 'addListed' | 'listed' | 'remove' | 'forget'>;
  readonly presence: Pick<Presence, 'joined'>;
  readonly log: Pick<Log, 'fault'>;
  readonly roomLimit: number;
  readonly doors: Doors;
  readonly now: () => number;
}

export const onConnect =
  (parts: Parts) =>
  async (event: ConnectEvent): Promise<GatewayResponse> => {
    if (!mayConnect(header(event, 'origin'), header(event, 'host') ?? '', parts.doors)) {
      return { statusCode: 403, body: 'pages of this origin may not connect' };
    }
    const offered = header(event, 'sec-websocket-protocol');
    const dialect = chooseDialect(offered);
    if (dialect === undefined) return { statusCode: 400, body: NO_SUBPROTOCOL };
    const place = parsePlace(event.queryStringParameters ?? {});
    if (place.type === 'malformed') return { statusCode: 400, body: place.reason };

    const { room, name } = place;
    if (!mayEnter(room, offered, parts.now())) return { statusCode: 403, body: 'this room is for members' };

    const { connectionId, connectedAt, authorizer: { subject } = {} } = event.requestContext;
    const who = { ...(name !== undefined && { name }), ...(subject !== undefined && { subject }) };
    const connection = { connectionId, room, dialect, ...who, connectedAt };
    try {
      // A v1 connection is listed later, by its `hello`.
      if (dialect === 'v1') await parts.registry.add(connection);
      else if (await overfills(parts, connection)) return { statusCode: 503, body: 'the room is full' };
      return connected(offered, dialect === 'v1' ? SUBPROTOCOL : PLAIN_SUBPROTOCOL);
    } catch (error) {
      parts.log.fault('the connection was not admitted', event, error);
      // If that fails too, it is mostly for the same reason, which is logged; then its lease takes it away.
      await withdraw(parts, connection).catch(() => undefined);
      return { statusCode: 500, body: 'Failed to connect' };
    }
  };

/** A plain connection is listed now, and the v1 others hear of it [P20]; unless it is one too many, which is the answer. */
async function overfills(parts: Parts, connection: Connection): Promise<boolean> {
  const { registry, presence, roomLimit } = parts;
  const member = await registry.addListed(connection, newSession());
  const members = await admit(member, roomLimit, () => registry.listed(connection.room));
  if (members === 'full') await withdraw(parts, connection);
  else await presence.joined(member, members);
  return members === 'full';
}

/** Takes back what was written of a connection that is refused. */
async function withdraw({ registry }: Parts, connection: Connection): Promise<void> {
  await registry.remove(connection);
  await registry.forget(connection.connectionId);
}

/** Of the subprotocols that a client offers it wants one to be echoed, and none where it offered none. */
const connected = (offered: string | undefined, subprotocol: string): GatewayResponse => ({
  statusCode: 200,
  body: 'Connected! Hello WebSocket App!',
  ...(offered?.includes(subprotocol) && { headers: { 'Sec-WebSocket-Protocol': subprotocol } }),
});

const NO_SUBPROTOCOL = `a subprotocol must be ${SUBPROTOCOL} or ${PLAIN_SUBPROTOCOL}`;

export const handler = onConnect(parts);
