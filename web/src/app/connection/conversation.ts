import type { Peer } from '#protocol';
import type { Change, Status } from './outbox.ts';

/** One message as it stands in a conversation. */
export interface Line {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since the epoch: the server's clock for a message to us, ours for one of ours. */
  readonly at: number;
  /** Absent on a message to us. The place is the first one in the last stream that it was sent in. */
  readonly sent?: { readonly stream: string; readonly seq: number; readonly status: Status };
}

/** How many messages of a conversation are kept. */
export const MOST_LINES = 1000;

/** All that passed between us and one session, across its connections. */
export interface Conversation {
  /** The partner as last known. */
  readonly peer: Peer;
  readonly lines: readonly Line[];
  readonly unread: number;
  /** The first message that was unread when somebody last began to look; absent when there was none. */
  readonly newFrom?: string | undefined;
  /** How many older messages are not kept any more; absent for none. */
  readonly dropped?: number | undefined;
  /** Since when the peer is not listed, in milliseconds since the epoch; absent while it is, and before we looked. */
  readonly awaySince?: number | undefined;
}

export type Conversations = ReadonlyMap<string, Conversation>;

const begun = (peer: Peer): Conversation => ({ peer, lines: [], unread: 0 });

const change = (
  all: Conversations,
  peer: Peer,
  to: (conversation: Conversation) => Conversation,
): Conversations => new Map(all).set(peer.session, to(all.get(peer.session) ?? begun(peer)));

/** A conversation with `peer`, in which nothing need have been said yet. */
export const opened = (all: Conversations, peer: Peer): Conversations =>
  change(all, peer, (it) => ({ ...it, peer }));

/** Whether it is still to be told what became of a message of ours. */
export const isOpen = ({ sent }: Line, { dialect }: Peer): boolean =>
  sent?.status.kind === 'queued' || (sent?.status.kind === 'sent' && dialect === 'v1');

/** With one more line. Of too many the oldest goes, but none of which it is still to be told what became of it. */
function appended(it: Conversation, line: Line): Conversation {
  const lines = [...it.lines, line];
  if (lines.length <= MOST_LINES) return { ...it, lines };
  const oldest = lines.findIndex((one) => !isOpen(one, it.peer));
  return { ...it, lines: lines.toSpliced(oldest, 1), dropped: (it.dropped ?? 0) + 1 };
}

/** A message to us. It is appended whoever sent it: an unknown sender gets a conversation of its own. */
export const received = (all: Conversations, peer: Peer, line: Line): Conversations =>
  change(all, peer, (it) => ({ ...appended({ ...it, peer }, line), unread: it.unread + 1 }));

/** A message of ours. */
export const written = (all: Conversations, peer: Peer, line: Line): Conversations =>
  change(all, peer, (it) => appended({ ...it, peer }, line));

/**
 * A message of ours is tried again, in `place`: it will be shown after what was said meanwhile. In one stream the first place counts:
 * from there on the receiver may remember it.
 */
export function retried(
  all: Conversations,
  session: string,
  { id, at, ...place }: Pick<Line, 'id' | 'at'> & { readonly stream: string; readonly seq: number },
): Conversations {
  const conversation = all.get(session);
  const line = conversation?.lines.find((one) => one.id === id);
  if (!conversation || !line?.sent) return all;
  const again: Line = {
    ...line,
    at,
    sent: { ...(line.sent.stream === place.stream ? line.sent : place), status: { kind: 'queued' } },
  };
  const lines = [...conversation.lines.filter((one) => one !== line), again];
  return new Map(all).set(session, { ...conversation, lines });
}

/** Messages of ours got further. */
export const marked = (all: Conversations, changes: readonly Change[]): Conversations =>
  changes.reduce((now, { session, id, status }) => mark(now, session, id, () => status), all);

/** A receipt came after we had given up. */
export const receiptedLate = (all: Conversations, session: string, ids: readonly string[]): Conversations =>
  ids.reduce(
    (now, id) =>
      mark(now, session, id, (status) => (status.kind === 'unconfirmed' ? { kind: 'delivered' } : status)),
    all,
  );

/** The server refused what was thought to be on its way; undefined when it names no message of ours. */
export function refusedLate(
  all: Conversations,
  id: string,
  refusal: Status & { readonly kind: 'refused' },
): Conversations | undefined {
  for (const [session, { lines }] of all) {
    if (!lines.some((line) => line.id === id && line.sent !== undefined)) continue;
    return mark(all, session, id, (status) => (status.kind === 'sent' ? refusal : status));
  }
  return undefined;
}

function mark(
  all: Conversations,
  session: string,
  id: string,
  to: (status: Status) => Status,
): Conversations {
  const conversation = all.get(session);
  const at = conversation?.lines.findLastIndex((line) => line.id === id && line.sent !== undefined) ?? -1;
  const line = conversation?.lines[at];
  if (!conversation || !line?.sent) return all;
  const status = to(line.sent.status);
  if (status === line.sent.status) return all;
  const lines = conversation.lines.with(at, { ...line, sent: { ...line.sent, status } });
  return new Map(all).set(session, { ...conversation, lines });
}

/** What is on screen has been read. */
export function read(all: Conversations, session: string): Conversations {
  const conversation = all.get(session);
  return conversation?.unread ? new Map(all).set(session, { ...conversation, unread: 0 }) : all;
}

/** Somebody begins to look, or looks again: what is unread is new to them, until the next time. */
export function lookedAt(all: Conversations, session: string): Conversations {
  const conversation = all.get(session);
  if (!conversation) return all;
  const theirs = conversation.lines.filter(({ sent }) => sent === undefined);
  const newFrom = conversation.unread > 0 ? theirs.at(-conversation.unread)?.id : undefined;
  if (newFrom === conversation.newFrom) return read(all, session);
  return read(new Map(all).set(session, { ...conversation, newFrom }), session);
}

/** Notes who of those we talk to is there: whoever is away longer than a session is kept does not come back. */
export function attended(all: Conversations, here: ReadonlySet<string>, at: number): Conversations {
  const changed = [...all].filter(([session, it]) => here.has(session) === (it.awaySince !== undefined));
  if (changed.length === 0) return all;
  const now = new Map(all);
  for (const [session, it] of changed)
    now.set(session, { ...it, awaySince: here.has(session) ? undefined : at });
  return now;
}

/** A peer said who it is: the conversations that know it keep that for when it has gone. */
export function acquainted(all: Conversations, peers: readonly Peer[]): Conversations {
  const known = peers.filter(({ session }) => all.has(session));
  return known.reduce((now, peer) => change(now, peer, (it) => ({ ...it, peer })), all);
}
