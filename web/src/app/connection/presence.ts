import type { Peer } from '#protocol';

/** How many of those who have left are remembered: frames that are still on their way name one of the latest. */
export const MOST_REMEMBERED = 1_000;

interface Entry {
  readonly peer: Peer;
  /** The moment, on `Presence.clock`, at which this connection first heard of it. */
  readonly heard: number;
  /** The connection of ours that heard of it. */
  readonly epoch: number;
  /** Whether all that is known comes from a message, so that a `joined` still to come knows better. */
  readonly supposed: boolean;
}

/** Who is there, by rules [P20] to [P23]. Frames overtake each other, so nothing here depends on their order. */
export interface Presence {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Final: whatever arrives later about one of these changes nothing. Who it was is kept for a late message. */
  readonly left: ReadonlyMap<string, Peer | undefined>;
  /** The newest connection that was announced of each session, here or gone: the older ones have left [P16]. */
  readonly newest: ReadonlyMap<string, Peer>;
  /** Our own connectionIds, past ones included: the server may list those a little longer. */
  readonly own: ReadonlySet<string>;
  /** When each ping that is not answered yet was sent. */
  readonly pings: ReadonlyMap<string, number>;
  /** The pages of `welcome` that came on this connection [P8]. */
  readonly pages: ReadonlySet<number>;
  readonly epoch: number;
  readonly clock: number;
}

export const NOBODY: Presence = {
  entries: new Map(),
  left: new Map(),
  newest: new Map(),
  own: new Set(),
  pings: new Map(),
  pages: new Set(),
  epoch: 0,
  clock: 0,
};

/** A new connection of ours: what the last one knew stays in sight until this one's `welcome` is complete. */
export const reopened = (presence: Presence): Presence => ({
  ...presence,
  pings: new Map(),
  pages: new Set(),
  epoch: presence.epoch + 1,
});

/** `welcome` adds and never replaces; the last of its pages ends what only a former connection knew. */
export function welcomed(
  presence: Presence,
  frame: {
    readonly connectionId: string;
    readonly peers: readonly Peer[];
    readonly page: number;
    readonly pages: number;
  },
): Presence {
  const own = new Set(presence.own).add(frame.connectionId);
  const pages = new Set(presence.pages).add(frame.page);
  const met = frame.peers.reduce<Presence>((known, peer) => joined(known, peer), { ...presence, own, pages });
  if (pages.size < frame.pages) return met;
  return { ...met, entries: keep(met.entries, ({ epoch }) => epoch === met.epoch) };
}

/** `joined` adds a peer, but for one that has left or was replaced [P16]: frames overtake each other. */
export function joined(presence: Presence, peer: Peer): Presence {
  const newest = presence.newest.get(peer.session);
  if (newest && isOlder(peer, newest)) return left(meet(presence, peer, false), peer.connectionId);
  const known = { ...presence, newest: remember(presence.newest, peer.session, peer) };
  const met = meet(known, peer, false);
  return newest && isOlder(newest, peer) ? left(met, newest.connectionId) : met;
}

/** A message came from somebody who may not have been announced yet. */
export const heardFrom = (presence: Presence, peer: Peer): Presence => meet(presence, peer, true);

function meet(presence: Presence, peer: Peer, supposed: boolean): Presence {
  const { epoch, left } = presence;
  const clock = presence.clock + 1;
  const known = presence.entries.get(peer.connectionId);
  const current = known?.epoch === epoch;
  if (left.has(peer.connectionId) || (current && (supposed || !known.supposed)))
    return { ...presence, clock };
  const heard = current ? known.heard : clock;
  // A peer that was announced to a former connection of ours is known better than by its message.
  const entry =
    known && supposed
      ? { ...known, heard, epoch, supposed: known.supposed }
      : { peer, heard, epoch, supposed };
  return { ...presence, clock, entries: new Map(presence.entries).set(peer.connectionId, entry) };
}

/** `left` is final for a connectionId [P22]. */
export const left = (presence: Presence, connectionId: string): Presence =>
  gone(presence, (id) => id === connectionId, [connectionId]);

/** We asked who is listed. */
export function pinged(presence: Presence, id: string): Presence {
  const clock = presence.clock + 1;
  return { ...presence, clock, pings: new Map(presence.pings).set(id, clock) };
}

/** `pong` removes what is no longer listed, but not what joined after the ping was sent, and adds its `peers` [P22]. */
export function ponged(
  presence: Presence,
  id: string,
  listed: readonly string[],
  peers: readonly Peer[] = [],
): Presence {
  const asked = presence.pings.get(id);
  if (asked === undefined) return presence;
  const pings = new Map(presence.pings);
  pings.delete(id);
  const there = new Set(listed);
  const rest = gone(
    { ...presence, pings },
    (connectionId, { heard, epoch }) => !there.has(connectionId) && (epoch < presence.epoch || heard < asked),
  );
  return peers.reduce<Presence>((known, peer) => joined(known, peer), rest);
}

/** What a `ping` says that we know [P13]. Of one that has only written to us, `pong` tells more. */
export const knownTo = ({ entries }: Presence): readonly string[] =>
  [...entries].filter(([, { supposed }]) => !supposed).map(([id]) => id);

/** Those of `listed` of whom we know nothing: after a `pong` there are some when they did not all fit into it [P13]. */
export const strangersIn = ({ entries, left, own }: Presence, listed: readonly string[]): readonly string[] =>
  listed.filter((id) => !own.has(id) && !left.has(id) && entries.get(id)?.supposed !== false);

/** What is known of a connection, here or gone. */
export const knownIn = ({ entries, left }: Presence, connectionId: string): Peer | undefined =>
  entries.get(connectionId)?.peer ?? left.get(connectionId);

/** Whoever is there besides ourselves. */
export const peersIn = ({ entries, own }: Presence): readonly Peer[] =>
  [...entries.values()].map(({ peer }) => peer).filter(({ connectionId }) => !own.has(connectionId));

function gone(
  presence: Presence,
  isGone: (connectionId: string, entry: Entry) => boolean,
  more: readonly string[] = [],
): Presence {
  const departed = [...presence.entries].filter(([id, entry]) => isGone(id, entry));
  let left = presence.left;
  for (const id of more) left = remember(left, id, left.get(id));
  for (const [id, { peer }] of departed) left = remember(left, id, peer);
  return {
    ...presence,
    clock: presence.clock + 1,
    entries: keep(presence.entries, (_, id) => !left.has(id)),
    left,
  };
}

/** The order in which the connections of one session came [P16]. */
const isOlder = (one: Peer, other: Peer): boolean =>
  one.connectedAt < other.connectedAt ||
  (one.connectedAt === other.connectedAt && one.connectionId < other.connectionId);

/** A map with `key` as its latest entry, and without the earliest when there are too many. */
function remember<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  const entries = new Map(map);
  entries.delete(key);
  entries.set(key, value);
  const [earliest] = entries.keys();
  if (entries.size > MOST_REMEMBERED && earliest !== undefined) entries.delete(earliest);
  return entries;
}

const keep = (
  entries: ReadonlyMap<string, Entry>,
  isKept: (entry: Entry, connectionId: string) => boolean,
): ReadonlyMap<string, Entry> => new Map([...entries].filter(([id, entry]) => isKept(entry, id)));
