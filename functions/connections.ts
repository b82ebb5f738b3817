/**
 * The registry of connections. Two kinds of item stand here, the third in sessions.ts:
 *
 *   connection   pk `conn#<connectionId>`  sk `conn`            room, dialect, name?, subject?, connectedAt
 *   membership   pk `room#<room>`          sk `<connectionId>`  state, session?, dialect, name?, subject?, connectedAt
 *
 * and all have `expiresAt`. A connection never changes, so that a function instance may remember it. A membership is
 * `connecting` until it is `listed`, and has a session from then on. There is no secondary index: on AWS its reads are only
 * eventually consistent.
 */
import type { Dialect } from '#protocol';
import type { Connection, Member, Place } from './people.ts';
import { expiryAfter, type Item, type Key, type Table } from './table.ts';

const MINUTE = 60_000;

/** API Gateway ends every connection after two hours; what is written of one lives a little longer. */
export const CONNECTION_LIFE_MS = 130 * MINUTE;

/** How long a membership lives that is not renewed [P13]. A plain client cannot say `ping`. */
const LEASE_MS: Readonly<Record<Dialect, number>> = { v1: 11 * MINUTE, plain: CONNECTION_LIFE_MS };

/** A connection younger than this that has said nothing may still be in its handshake [P21]. */
const HANDSHAKE_MS = 30_000;

const connectionKey = (connectionId: string): Key => ({ pk: `conn#${connectionId}`, sk: 'conn' });
const membershipKey = ({ room, connectionId }: Place): Key => ({ pk: `room#${room}`, sk: connectionId });

/** What became of a connection that was taken out of its room. */
export interface Removal extends Place {
  /** The session of a connection that had been listed. */
  readonly session?: string;
}

/** Who is connected, and where. */
export class Registry {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Writes a new connection that is not listed yet [P20]. */
  async add(connection: Connection): Promise<void> {
    await this.#write(connection, { state: { S: 'connecting' }, ...this.#lease(connection) });
  }

  /** Writes a new connection that is listed at once [P20]. */
  async addListed(connection: Connection, session: string): Promise<Member> {
    const membership = { state: { S: 'listed' }, session: { S: session }, ...this.#lease(connection) };
    await this.#write(connection, membership);
    return { ...connection, session, leaseEnd: leaseEnd(membership) };
  }

  /** The connection of that id. */
  async find(connectionId: string): Promise<Connection | undefined> {
    const item = await this.#table.get(connectionKey(connectionId));
    return item && read(item, { connectionId, room: text(item, 'room') });
  }

  /** The listed member at that place. */
  async member(place: Place): Promise<Member | undefined> {
    return readMember(await this.#table.get(membershipKey(place)), place);
  }

  /** Lists a connection that is still connecting; one that is listed stays as it is [P7] [P20]. */
  async enlist(connection: Connection, session: string): Promise<Member | undefined> {
    const item = await this.#table.update(
      membershipKey(connection),
      { state: { S: 'listed' }, session: { S: session }, ...this.#lease(connection) },
      { text: '#state = :connecting', values: { ':connecting': { S: 'connecting' } } },
    );
    return readMember(item, connection) ?? this.member(connection);
  }

  /** Renews the lease of a listed connection; undefined when it is not, or no longer, listed [P13] [P23]. */
  async renew(connection: Connection): Promise<Member | undefined> {
    const item = await this.#table.update(membershipKey(connection), this.#lease(connection), {
      text: '#state = :listed',
      values: { ':listed': { S: 'listed' } },
    });
    return readMember(item, connection);
  }

  /** Everyone who is listed in the room. */
  async listed(room: string): Promise<Member[]> {
    const items = await this.#table.partition(`room#${room}`);
    return items.flatMap((item) => readMember(item, { room, connectionId: text(item, 'sk') }) ?? []);
  }

  /** Takes a connection out of its room. Of all who try, one gets the removal and the others undefined [P21]. */
  async remove(place: Place): Promise<Removal | undefined> {
    return removal(await this.#table.remove(membershipKey(place)), place);
  }

  /** The same after a post was answered with Gone, which says nothing of a connection still in its handshake [P21]. */
  async removeGone(place: Place): Promise<Removal | undefined> {
    const item = await this.#table.remove(membershipKey(place), {
      text: '(#state = :listed AND #dialect = :v1) OR #connectedAt < :young',
      values: {
        ':listed': { S: 'listed' },
        ':v1': { S: 'v1' },
        ':young': { N: String(this.#table.now() - HANDSHAKE_MS) },
      },
    });
    return removal(item, place);
  }

  /** Deletes what is known of a connection that has left its room. */
  async forget(connectionId: string): Promise<void> {
    await this.#table.remove(connectionKey(connectionId));
  }

  #lease({ dialect }: Connection): Item {
    return { expiresAt: expiryAfter(this.#table.now(), LEASE_MS[dialect]) };
  }

  async #write(connection: Connection, membership: Item): Promise<void> {
    const { connectionId, room } = connection;
    const expiresAt = expiryAfter(this.#table.now(), CONNECTION_LIFE_MS);
    const attributes = write(connection);
    await this.#table.putAll([
      [connectionKey(connectionId), { ...attributes, room: { S: room }, expiresAt }],
      [membershipKey(connection), { ...attributes, ...membership }],
    ]);
  }
}

function write({ dialect, name, subject, connectedAt }: Connection): Item {
  return {
    dialect: { S: dialect },
    ...(name !== undefined && { name: { S: name } }),
    ...(subject !== undefined && { subject: { S: subject } }),
    connectedAt: { N: String(connectedAt) },
  };
}

function read(item: Item, place: Place): Connection {
  const name = item['name']?.S;
  const subject = item['subject']?.S;
  return {
    ...place,
    dialect: item['dialect']?.S === 'v1' ? 'v1' : 'plain',
    ...(name !== undefined && { name }),
    ...(subject !== undefined && { subject }),
    connectedAt: Number(item['connectedAt']?.N),
  };
}

function readMember(item: Item | undefined, place: Place): Member | undefined {
  if (item?.['state']?.S !== 'listed') return undefined;
  return { ...read(item, place), session: text(item, 'session'), leaseEnd: leaseEnd(item) };
}

const leaseEnd = (item: Item): number => Number(item['expiresAt']?.N) * 1000;

function removal(item: Item | undefined, place: Place): Removal | undefined {
  if (item === undefined) return undefined;
  const { connectionId, room } = place;
  const session = readMember(item, place)?.session;
  return { connectionId, room, ...(session !== undefined && { session }) };
}

/** An attribute that every such item has. Only this file writes them, so that a missing one is a fault. */
function text(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`an item of the registry has no ${name}`);
  return value;
}
