import type { MessageRequest, Peer, RefusalCode } from '#protocol';
import { newId } from './ids.ts';

/** How far a message of ours got, as far as is known. */
export type Status =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly reason: string };

/** One message as it stands in a conversation. */
export interface Line {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since the epoch: the server's clock for a message to us, ours for one of ours. */
  readonly at: number;
  /** Absent on a message to us. */
  readonly sent?: { readonly stream: string; readonly seq: number; readonly status: Status };
}

/** All that passed between us and one session, across its connections. */
export interface Conversation {
  /** The partner as last known. */
  readonly peer: Peer;
  readonly lines: readonly Line[];
  readonly unread: number;
  /** Our direction of it [P12], once something was sent. */
  readonly stream?: { readonly id: string; readonly next: number };
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

/** A message to us. It is appended whoever sent it: an unknown sender gets a conversation of its own. */
export const received = (all: Conversations, peer: Peer, line: Line): Conversations =>
  change(all, peer, (it) => ({ ...it, peer, lines: [...it.lines, line], unread: it.unread + 1 }));

/** A message of ours that went over the wire. */
export const sent = (all: Conversations, peer: Peer, request: MessageRequest, at: number): Conversations =>
  change(all, peer, (it) => {
    const { id, data: text, stream, seq } = request;
    const line: Line = { id, text, at, sent: { stream, seq, status: { kind: 'sent' } } };
    return { ...it, peer, lines: [...it.lines, line], stream: { id: stream, next: seq + 1 } };
  });

/** Marks the message of ours that a `refused` names; undefined when it names none. */
export function refused(
  all: Conversations,
  id: string,
  status: Status & { readonly kind: 'refused' },
): Conversations | undefined {
  for (const [session, conversation] of all) {
    const at = conversation.lines.findLastIndex((line) => line.id === id && line.sent !== undefined);
    const line = conversation.lines[at];
    if (!line?.sent) continue;
    const lines = conversation.lines.with(at, { ...line, sent: { ...line.sent, status } });
    return new Map(all).set(session, { ...conversation, lines });
  }
  return undefined;
}

/** What is on screen has been read. */
export function read(all: Conversations, session: string): Conversations {
  const conversation = all.get(session);
  return conversation?.unread ? new Map(all).set(session, { ...conversation, unread: 0 }) : all;
}

/** A peer said who it is: the conversations that know it keep that for when it has gone. */
export function acquainted(all: Conversations, peers: readonly Peer[]): Conversations {
  const known = peers.filter(({ session }) => all.has(session));
  return known.reduce((now, peer) => change(now, peer, (it) => ({ ...it, peer })), all);
}

/** We are another session now, so to everyone these are other conversations: their streams start anew. */
export const restarted = (all: Conversations): Conversations =>
  new Map([...all].map(([session, { peer, lines, unread }]) => [session, { peer, lines, unread }]));

/**
 * The frame that carries `text` to `peer`. Its `base` is the lowest `seq` that is not settled: without receipts only
 * a refusal settles one.
 */
export function compose(conversation: Conversation | undefined, peer: Peer, text: string): MessageRequest {
  const { lines, stream } = conversation ?? begun(peer);
  const unsettled = lines.find(({ sent }) => sent?.stream === stream?.id && sent?.status.kind === 'sent');
  const seq = stream?.next ?? 0;
  return {
    type: 'message',
    forward: peer.connectionId,
    id: newId(),
    stream: stream?.id ?? newId(),
    seq,
    base: unsettled?.sent?.seq ?? seq,
    data: text,
  };
}
