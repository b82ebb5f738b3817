import type { Peer } from '#protocol';
import type { Conversation } from './conversation.ts';
import type { Pair } from './outbox.ts';
import { peersIn } from './presence.ts';
import type { State } from './state.ts';

/** Somebody to talk to, or with whom we talked. */
export interface Partner extends Peer {
  /** Whether the peer is listed now. */
  readonly here: boolean;
  readonly unread: number;
  readonly conversation?: Conversation;
}

/** Those who are here in the order they came, then those who have gone and left something to read. */
export function partnersIn(state: State): readonly Partner[] {
  const bySession = new Map<string, Peer>();
  for (const peer of [...peersIn(state.presence)].sort(byArrival)) bySession.set(peer.session, peer);
  const here = [...bySession.values()].map((peer) => partner(state, peer, true));
  const gone = [...state.conversations.values()]
    .filter(({ peer }) => !bySession.has(peer.session))
    .filter(({ peer, lines }) => lines.length > 0 || peer.session === state.selected)
    .map(({ peer }) => partner(state, peer, false));
  return [...here, ...gone];
}

function partner({ conversations }: State, peer: Peer, here: boolean): Partner {
  const conversation = conversations.get(peer.session);
  return { ...peer, here, unread: conversation?.unread ?? 0, ...(conversation && { conversation }) };
}

/** Whether what is written to a partner can still arrive: a page that was there at `since` can come back as the same [P15]. */
export const mayReturn = ({ here, dialect, conversation }: Partner, since: number): boolean =>
  here || (dialect === 'v1' && (conversation?.awaySince ?? Infinity) > since);

/** To which connection of a session a message goes now, and from which: none while either is away. */
export function pairsIn({ me, phase, presence }: State): (session: string) => Pair | undefined {
  if (phase.kind !== 'connected' || !me) return () => undefined;
  const theirs = new Map(
    [...peersIn(presence)].sort(byArrival).map(({ session, connectionId }) => [session, connectionId]),
  );
  return (session) => {
    const connectionId = theirs.get(session);
    return connectionId === undefined ? undefined : { ours: me.connectionId, theirs: connectionId };
  };
}

/** A partner's part that is known from the wire. */
export const peerOf = ({ connectionId, session, name, subject, dialect, connectedAt }: Peer): Peer => ({
  connectionId,
  session,
  ...(name !== undefined && { name }),
  ...(subject !== undefined && { subject }),
  dialect,
  connectedAt,
});

const byArrival = (a: Peer, b: Peer) =>
  a.connectedAt - b.connectedAt || (a.connectionId < b.connectionId ? -1 : 1);
