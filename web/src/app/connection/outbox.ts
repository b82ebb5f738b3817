import { byteLength, type RefusalCode } from '#protocol';

/** How far a message may be ahead of the oldest one that is not settled: receivers remember at least as many ids. */
export const IN_FLIGHT = 100;
/** How many messages may wait in the outbox, over all conversations. */
export const MOST_WAITING = 500;
/** How many UTF-8 bytes of text may wait in it: it must fit the storage of a tab. */
export const MOST_WAITING_BYTES = 1024 * 1024;
/** How many ids of shown messages a receiver remembers for each stream. */
export const REMEMBERED = 128;
/** Why something was not done, as the server says it, or the page itself: `not-invited` is a `not-member` about the receiver [P28]. */
export interface Refusal {
  readonly code: RefusalCode | 'not-sent' | 'not-invited';
  readonly reason: string;
}

/** How far a message of ours got, as far as is known. */
export type Status =
  /** Not on the wire yet, or refused for now and sent again later. */
  | { readonly kind: 'queued'; readonly refusal?: Refusal }
  /** On the wire; the last word for a peer that sends no receipts. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'delivered' }
  /** Given up, and it may have been shown. */
  | { readonly kind: 'unconfirmed'; readonly refusal?: Refusal }
  /** Not shown, for certain. */
  | ({ readonly kind: 'refused' } & Refusal)
  | { readonly kind: 'cancelled' };

/** The two connections between which a message was sent. */
export interface Pair {
  readonly ours: string;
  readonly theirs: string;
}

/** A message that is not settled. Times are milliseconds since the epoch. */
export interface Pending {
  readonly id: string;
  readonly seq: number;
  readonly text: string;
  /** The length of the text in UTF-8. */
  readonly bytes: number;
  /** When it was written, then when it was last sent. */
  readonly at: number;
  /** When it is due again on the same pair of connections. */
  readonly dueAt: number;
  readonly pair?: Pair;
  /** How often it was sent over that pair. */
  readonly sends: number;
  /** The answer to the last send, when it was a refusal. */
  readonly refusal?: Refusal;
  /** Whether a send of it may have arrived. */
  readonly doubtful: boolean;
}

/** Our direction of one conversation [P12]. */
export interface Stream {
  readonly stream: string;
  readonly next: number;
  /** In the order of `seq`. */
  readonly pending: readonly Pending[];
  /** When a message of it last went over the wire, and between which connections; absent before the first. */
  readonly latest?: { readonly at: number; readonly pair: Pair } | undefined;
  /** The streams before it, of our former sessions: their names, and how far they got. */
  readonly former?: readonly Pick<Stream, 'stream' | 'next'>[] | undefined;
}

/** All that we have to say, by the session of the peer. */
export type Outbox = ReadonlyMap<string, Stream>;

/** A status that a message of ours has got. */
export interface Change {
  readonly session: string;
  readonly id: string;
  readonly status: Status;
}

/** The outbox after an event, and what became of its messages by it. */
export interface Step {
  readonly outbox: Outbox;
  readonly changes: readonly Change[];
}

/** Whether one more message has its place in the outbox. */
export function hasRoom(outbox: Outbox, text: string): boolean {
  let count = 1;
  let bytes = byteLength(text);
  for (const { pending } of outbox.values()) {
    count += pending.length;
    for (const waiting of pending) bytes += waiting.bytes;
  }
  return count <= MOST_WAITING && bytes <= MOST_WAITING_BYTES;
}

/** A message to be sent. */
export interface Draft {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  /** Whether an earlier try of it may have arrived. */
  readonly doubtful?: boolean;
}

/** A message is written. The first names its stream, too. */
export function add(outbox: Outbox, session: string, draft: Draft): Outbox {
  const { id, text, at, doubtful = false } = draft;
  const direction = outbox.get(session) ?? { stream: id, next: 0, pending: [] };
  const pending: Pending = {
    id,
    seq: direction.next,
    text,
    bytes: byteLength(text),
    at,
    dueAt: at,
    sends: 0,
    doubtful,
  };
  return new Map(outbox).set(session, {
    ...direction,
    next: direction.next + 1,
    pending: [...direction.pending, pending],
  });
}

/** How far a message that is not settled got. */
export const statusOf = ({ pair, refusal }: Pending): Status => {
  if (refusal) return { kind: 'queued', refusal };
  return { kind: pair ? 'sent' : 'queued' };
};

const isStatus = (result: Pending | Status): result is Status => 'kind' in result;

/** Moves one message of a session on, if it is there. */
export function settle(
  outbox: Outbox,
  session: string,
  id: string,
  to: (message: Pending) => Pending | Status,
): Step {
  const direction = outbox.get(session);
  if (!direction?.pending.some((message) => message.id === id)) return { outbox, changes: [] };
  return settleAll(
    new Map([[session, direction]]),
    (message) => (message.id === id ? to(message) : message),
    outbox,
  );
}

/** Moves every message of `some` on, and gives `all` with what is left of them. */
export function settleAll(
  some: Outbox,
  to: (message: Pending, direction: Stream) => Pending | Status,
  all: Outbox = some,
): Step {
  const outbox = new Map(all);
  const changes: Change[] = [];
  for (const [session, direction] of some) {
    const pending: Pending[] = [];
    for (const message of direction.pending) {
      const result = to(message, direction);
      if (result !== message) {
        changes.push({ session, id: message.id, status: isStatus(result) ? result : statusOf(result) });
      }
      if (!isStatus(result)) pending.push(result);
    }
    outbox.set(session, { ...direction, pending });
  }
  return changes.length === 0 ? { outbox: all, changes } : { outbox, changes };
}

/** One step after another. */
export function then(step: Step, next: (outbox: Outbox) => Step): Step {
  const { outbox, changes } = next(step.outbox);
  return { outbox, changes: [...step.changes, ...changes] };
}
