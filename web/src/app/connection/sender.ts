import { RESUME_WINDOW_MS } from '#protocol';
import {
  IN_FLIGHT,
  type Outbox,
  type Pair,
  type Pending,
  type Refusal,
  REMEMBERED,
  settle,
  settleAll,
  type Status,
  type Step,
  type Stream,
  then,
} from './outbox.ts';

/** After how long without a receipt a message is sent again; each time twice as long, up to the ceiling. */
export const RESEND_MS = 5000;
const LONGEST_RESEND_MS = 60_000;
/** How often a message is sent over one pair of connections. */
export const MOST_SENDS = 8;
/** How long after its last send a message is given up: a peer that comes back within the window has time to say so. */
export const GIVE_UP_MS = giveUpAfter(RESUME_WINDOW_MS);

/** What to put on the wire, but for the connection to send it to. */
export interface Due {
  readonly session: string;
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
  readonly base: number;
  readonly data: string;
  readonly pair: Pair;
  /** Whether it was sent over this pair before, and nothing came of it. */
  readonly isRepeated: boolean;
}

const CERTAIN: readonly Refusal['code'][] = ['gone', 'throttled', 'not-member', 'not-invited'];
const FINAL: readonly Refusal['code'][] = ['too-large', 'invalid', 'unknown-route', 'not-invited'];

const NEVER_SENT: Refusal = {
  code: 'not-sent',
  reason: 'there was no connection to send it on for too long',
};

/** What is to be sent now to whom `pairOf` gives a pair of connections, oldest first. */
export function dueIn(
  outbox: Outbox,
  now: number,
  pairOf: (session: string) => Pair | undefined,
): readonly Due[] {
  const due: Due[] = [];
  for (const [session, { stream, pending }] of outbox) {
    const base = pending[0]?.seq;
    const pair = base === undefined ? undefined : pairOf(session);
    if (base === undefined || !pair) continue;
    for (const message of pending) {
      if (message.seq >= base + IN_FLIGHT) break;
      if (!isDue(message, pair, now)) continue;
      const { id, seq, text: data } = message;
      const isRepeated = isSame(message.pair, pair);
      due.push({ session, id, stream, seq, base, data, pair, isRepeated });
    }
  }
  return due;
}

function isDue({ pair, sends, dueAt }: Pending, current: Pair, now: number): boolean {
  if (!isSame(pair, current)) return true;
  return sends < MOST_SENDS && dueAt <= now;
}

/** Whether both are the same two connections. */
export const isSame = (one: Pair | undefined, other: Pair): boolean =>
  one?.ours === other.ours && one.theirs === other.theirs;

/** A message went over the wire; `confirms` says whether its peer sends receipts. */
export function transmitted(outbox: Outbox, due: Due, now: number, confirms: boolean): Step {
  const step = settle(outbox, due.session, due.id, (message) => {
    if (!confirms) return { kind: 'sent' };
    const sends = isSame(message.pair, due.pair) ? message.sends + 1 : 1;
    const { refusal, ...sent } = message;
    return {
      ...sent,
      at: now,
      sends,
      pair: due.pair,
      dueAt: now + Math.min(LONGEST_RESEND_MS, RESEND_MS * 2 ** (sends - 1)),
      doubtful: message.doubtful || (message.pair !== undefined && !isCertain(refusal)),
    };
  });
  const direction = step.outbox.get(due.session);
  if (!direction) return step;
  const latest = { at: now, pair: due.pair };
  return { ...step, outbox: new Map(step.outbox).set(due.session, { ...direction, latest }) };
}

/** The peer has shown these. */
export function receipted(outbox: Outbox, session: string, ids: readonly string[]): Step {
  return ids.reduce<Step>(
    (step, id) => then(step, (now) => settle(now, session, id, () => ({ kind: 'delivered' }))),
    { outbox, changes: [] },
  );
}

/** The server refused a message. What may help later is sent again; what never will is settled. */
export function refused(outbox: Outbox, id: string, refusal: Refusal): Step {
  for (const [session, { pending }] of outbox) {
    if (!pending.some((message) => message.id === id)) continue;
    return settle(outbox, session, id, (message) => {
      if (!FINAL.includes(refusal.code)) return { ...message, refusal };
      return message.doubtful ? { kind: 'unconfirmed', refusal } : { kind: 'refused', ...refusal };
    });
  }
  return { outbox, changes: [] };
}

/** The time after which a message is given up, where a lost session is kept for `windowMs`. */
export function giveUpAfter(windowMs: number): number {
  return windowMs + windowMs / 10;
}

/** Time has passed: what waits for too long is given up. */
export function expired(outbox: Outbox, now: number, windowMs: number = RESUME_WINDOW_MS): Step {
  const before = now - giveUpAfter(windowMs);
  return settleAll(outbox, (message, stream) =>
    waitsSince(message, stream) <= before ? givenUp(message) : message,
  );
}

/** What is not sent over the present connections waits for its turn, and not in vain as long as others go out before it. */
const waitsSince = ({ at, pair }: Pending, { latest }: Stream): number =>
  latest === undefined || isSame(pair, latest.pair) ? at : Math.max(at, latest.at);

/** The user wants a message no more. */
export function cancelled(outbox: Outbox, session: string, id: string): Step {
  return settle(outbox, session, id, (message) =>
    mayHaveArrived(message) ? { kind: 'unconfirmed' } : { kind: 'cancelled' },
  );
}

/**
 * Whether a message that was settled may be tried again under its id. One that may have been shown only as long as
 * its receiver remembers the id, or it could be shown twice.
 */
export function canRetry(
  outbox: Outbox,
  session: string,
  { status, stream, seq }: { readonly status: Status; readonly stream: string; readonly seq: number },
): boolean {
  if (status.kind === 'cancelled') return true;
  if (status.kind === 'refused') return status.code === 'not-sent' || !FINAL.includes(status.code);
  if (status.kind !== 'unconfirmed') return false;
  const now = outbox.get(session);
  const its = now && [now, ...(now.former ?? [])].find((one) => one.stream === stream);
  return its !== undefined && its.next - seq < REMEMBERED;
}

/** So many former streams of a conversation are remembered. */
const MOST_FORMER = 8;

/** We are another session, and nobody knows us: what was sent is given up, the rest begins streams of that name. */
export function restarted(outbox: Outbox, stream: string): Step {
  const { outbox: rest, changes } = settleAll(outbox, (message) =>
    mayHaveArrived(message) ? { kind: 'unconfirmed' } : message,
  );
  const begun = new Map<string, Stream>();
  for (const [session, direction] of rest) {
    // One that is empty is renamed too: a retry in it must not be taken for one in the former.
    const { next, former = [] } = direction;
    begun.set(session, {
      stream,
      former: [{ stream: direction.stream, next }, ...former].slice(0, MOST_FORMER),
      next: direction.pending.length,
      pending: direction.pending.map((message, seq) => {
        const { id, text, bytes } = message;
        const at = waitsSince(message, direction);
        return { id, seq, text, bytes, at, dueAt: at, sends: 0, doubtful: false };
      }),
    });
  }
  return { outbox: begun, changes };
}

const isCertain = (refusal: Refusal | undefined): boolean =>
  refusal !== undefined && CERTAIN.includes(refusal.code);

const mayHaveArrived = ({ pair, refusal, doubtful }: Pending): boolean =>
  doubtful || (pair !== undefined && !isCertain(refusal));

function givenUp(message: Pending): Status {
  const { refusal } = message;
  if (mayHaveArrived(message)) return { kind: 'unconfirmed', ...(refusal && { refusal }) };
  return { kind: 'refused', ...(refusal ?? NEVER_SENT) };
}
