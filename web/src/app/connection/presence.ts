import type { Peer } from '#protocol';

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

/** `joined` adds a peer, but for one that has left: frames overtake each other. */
export const joined = (presence: Presence, peer: Peer): Presence => meet(presence, peer, false);

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

/** `pong` removes what is no longer listed, but not what joined after the ping was sent [P22]. */
export function ponged(presence: Presence, id: string, listed: readonly string[]): Presence {
  const asked = presence.pings.get(id);
  if (asked === undefined) return presence;
  const pings = new Map(presence.pings);
  pings.delete(id);
  const there = new Set(listed);
  return gone(
    { ...presence, pings },
    (connectionId, { heard, epoch }) => !there.has(connectionId) && (epoch < presence.epoch || heard < asked),
  );
}

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
  const left = new Map(presence.left);
  for (const id of more) left.set(id, left.get(id));
  for (const [id, entry] of presence.entries) if (isGone(id, entry)) left.set(id, entry.peer);
  return {
    ...presence,
    clock: presence.clock + 1,
    entries: keep(presence.entries, (_, id) => !left.has(id)),
    left,
  };
}

const keep = (
  entries: ReadonlyMap<string, Entry>,
  isKept: (entry: Entry, connectionId: string) => boolean,
): ReadonlyMap<string, Entry> => new Map([...entries].filter(([id, entry]) => isKept(entry, id)));
