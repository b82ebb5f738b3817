import type { Message, Position } from '#protocol';
import { REMEMBERED } from './outbox.ts';

/** How far ahead of the next message one may be that is held back. */
const MOST_AHEAD = REMEMBERED;
/** How many messages are held back in all. */
const MOST_HELD = 1000;
/** How many streams are remembered; the one that was quiet for longest is forgotten first. */
const MOST_STREAMS = 100;

/** A message that has its place in a stream. */
export type Placed = Message & Position;

/** What is known of a stream to us. */
export interface Inflow {
  /** The session that speaks. */
  readonly session: string;
  /** The watermark: the `seq` that is shown next. */
  readonly next: number;
  /** What overtook, by `seq`. */
  readonly held: ReadonlyMap<number, Placed>;
  /** The newest ids that were shown. */
  readonly shown: readonly string[];
}

/** Receipts that are to be sent. */
export interface Receipts {
  /** The connection that the newest of the messages came from. */
  readonly from: string;
  readonly ids: ReadonlySet<string>;
}

/** All that is being said to us. */
export interface Inbox {
  /** By session and stream; the one that spoke last comes last. */
  readonly streams: ReadonlyMap<string, Inflow>;
  /** By the session that waits for them. */
  readonly receipts: ReadonlyMap<string, Receipts>;
}

export const NOTHING_HEARD: Inbox = { streams: new Map(), receipts: new Map() };

/** The inbox after a message, and what is to be shown now, in order. */
export interface Reception<M extends Message = Message> {
  readonly inbox: Inbox;
  readonly released: readonly M[];
}

/** Whether a message says where it stands. */
export const isPlaced = (message: Message): message is Placed =>
  message.stream !== undefined && message.seq !== undefined && message.base !== undefined;

const keyOf = ({ session, stream }: { readonly session: string; readonly stream: string }): string =>
  `${session}/${stream}`;

const begun = (session: string, next: number): Inflow => ({ session, next, held: new Map(), shown: [] });

/** A message arrived: perhaps late, early, or once more. */
export function receive(inbox: Inbox, message: Message): Reception {
  return isPlaced(message) ? receivePlaced(inbox, message) : receiveUnplaced(inbox, message);
}

/** Receipts went over the wire. */
export function receipted(inbox: Inbox, session: string, ids: readonly string[]): Inbox {
  const due = inbox.receipts.get(session);
  if (!due) return inbox;
  const left = new Set([...due.ids].filter((id) => !ids.includes(id)));
  const receipts = new Map(inbox.receipts);
  if (left.size === 0) receipts.delete(session);
  else receipts.set(session, { ...due, ids: left });
  return { ...inbox, receipts };
}

/** A terminal numbers nothing, so that only the same message twice can be known [P33]. */
function receiveUnplaced(inbox: Inbox, message: Message): Reception {
  const { session, id } = message;
  const key = keyOf({ session, stream: '' });
  const flow = inbox.streams.get(key) ?? begun(session, 0);
  if (flow.shown.includes(id)) return { inbox, released: [] };
  const streams = keep(inbox.streams, key, { ...flow, shown: remember(flow.shown, id) });
  return { inbox: { ...inbox, streams }, released: [message] };
}

function receivePlaced(before: Inbox, message: Placed): Reception {
  const { session, base, seq, id } = message;
  const key = keyOf(message);
  const known = before.streams.get(key);
  // Whoever begins a stream anew has forgotten the one before: what it lacks will never come.
  const { inbox, released } = known ? { inbox: before, released: [] } : releaseRest(before, session);
  // Below `base` all is settled: an unknown stream is joined there.
  const flow = known ?? begun(session, base);

  const next = Math.max(flow.next, base);
  const tellsTwice = seq < next && flow.shown.includes(id);
  const fits = seq > next && seq < next + MOST_AHEAD && heldIn(inbox) < MOST_HELD;
  const held = new Map(flow.held);
  if (seq === next || fits) held.set(seq, message);
  const step = release({ ...flow, held }, base, shownIn(inbox));
  const shown = [...released, ...step.released];
  const due = [...shown, ...step.again, ...(tellsTwice ? [message] : [])];
  return {
    inbox: { streams: keep(inbox.streams, key, step.flow), receipts: owe(inbox.receipts, due) },
    released: shown,
  };
}

interface Release {
  readonly flow: Inflow;
  readonly released: readonly Placed[];
  /** What had been shown before in another place: a retry, perhaps as another session. */
  readonly again: readonly Placed[];
}

/** Lets go what is next, up to the first gap that is not below `base`. */
function release(flow: Inflow, base: number, wasShown: (id: string) => boolean): Release {
  let { next, shown } = flow;
  const held = new Map(flow.held);
  const released: Placed[] = [];
  const again: Placed[] = [];
  const letGo = (seq: number, message: Placed) => {
    held.delete(seq);
    (shown.includes(message.id) || wasShown(message.id) ? again : released).push(message);
    shown = remember(shown, message.id);
  };
  for (const [seq, message] of inOrder(held)) if (seq < base) letGo(seq, message);
  next = Math.max(next, base);
  for (let message = held.get(next); message; message = held.get(next)) letGo(next++, message);
  return { flow: { ...flow, next, held, shown }, released, again };
}

/** Lets go whatever other streams of a session hold back. */
function releaseRest(inbox: Inbox, session: string): Reception<Placed> {
  let streams = inbox.streams;
  const released: Placed[] = [];
  for (const [key, flow] of inbox.streams) {
    if (flow.session !== session || flow.held.size === 0) continue;
    const end = Math.max(...flow.held.keys()) + 1;
    const step = release(flow, end, shownIn(inbox));
    streams = keep(streams, key, step.flow);
    released.push(...step.released);
  }
  return { inbox: { ...inbox, streams }, released };
}

const inOrder = (held: ReadonlyMap<number, Placed>) => [...held].sort(([a], [b]) => a - b);

const remember = (shown: readonly string[], id: string): readonly string[] =>
  [...shown.filter((one) => one !== id), id].slice(-REMEMBERED);

/** Ids are random: nobody else's message has that of one which was shown, whatever session it was said as. */
const shownIn =
  ({ streams }: Inbox) =>
  (id: string): boolean =>
    [...streams.values()].some(({ shown }) => shown.includes(id));

const heldIn = ({ streams }: Inbox): number =>
  [...streams.values()].reduce((sum, { held }) => sum + held.size, 0);

function keep(streams: ReadonlyMap<string, Inflow>, key: string, flow: Inflow): ReadonlyMap<string, Inflow> {
  const now = new Map(streams);
  now.delete(key);
  now.set(key, flow);
  for (const oldest of now.keys()) {
    if (now.size <= MOST_STREAMS) break;
    now.delete(oldest);
  }
  return now;
}

function owe(
  receipts: ReadonlyMap<string, Receipts>,
  messages: readonly Placed[],
): ReadonlyMap<string, Receipts> {
  if (messages.length === 0) return receipts;
  const now = new Map(receipts);
  for (const { session, from, id } of messages) {
    now.set(session, { from, ids: new Set(now.get(session)?.ids).add(id) });
  }
  return now;
}
