import { interval, type SchedulerLike, Subscription, timer } from 'rxjs';
import type { Dialect, MessageRequest } from '#protocol';
import { bytesOf, FRAME_LIMIT } from './outgoing.ts';
import type { Pair } from './outbox.ts';
import { Pace } from './pace.ts';
import { pairsIn } from './partners.ts';
import type { Event } from './reducer.ts';
import { type Due, dueIn, isSame } from './sender.ts';
import type { Wire } from './socket.ts';
import type { State } from './state.ts';

/** With so many bytes waiting in the socket, messages wait in the outbox, where they can still be cancelled. */
export const HIGH_WATER_BYTES = 128 * 1024;
/** How often a full socket is looked at again. */
const DRAIN_LOOK_MS = 100;
/** How often it is looked whether a message is due again or to be given up. */
export const LOOK_MS = 1000;
/** How often it is asked whether somebody is back for whom something waits: the frame that said so may be lost [P22]. */
export const ASK_MS = 60_000;
/** How many ids a receipt may carry [P14]. */
const MOST_IDS = 100;

export interface CourierParts {
  readonly state: () => State;
  readonly apply: (event: Event) => void;
  readonly scheduler: SchedulerLike;
  /** Messages went out over connections that are new to them. */
  readonly sent: () => void;
  /** The connection may be dead without having said so. */
  readonly doubt: () => void;
}

/** The frame that carries a message. */
export const requestOf = ({ id, stream, seq, base, data, pair }: Due): MessageRequest => ({
  type: 'message',
  forward: pair.theirs,
  ...{ id, stream, seq, base, data },
});

/** Puts on the wire what is due, for as long as there is one. */
export class Courier {
  readonly #parts: CourierParts;
  readonly #pace = new Pace();
  #wire: Wire | undefined;
  #looks: Subscription | undefined;
  #drain: Subscription | undefined;
  #isBusy = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** This is the way out from now on; none while there is no connection. What waits is given up in time all the same. */
  use(wire: Wire | undefined): void {
    this.#wire = wire;
    this.#drain?.unsubscribe();
    this.#drain = undefined;
  }

  /** Sends what is due, and sees to it that what is due later is sent then. */
  look(): void {
    // What it does changes the state, about which it is told.
    if (this.#isBusy) return;
    this.#isBusy = true;
    if (this.#sendMessages()) this.#parts.sent();
    this.#isBusy = false;
    this.#lookAgain();
  }

  /** Sends the receipts that are due. */
  sendReceipts(): void {
    const { state, apply } = this.#parts;
    const pairOf = pairsIn(state());
    if (state().phase.kind !== 'connected') return;
    for (const [session, { from, ids }] of state().inbox.receipts) {
      const forward = pairOf(session)?.theirs ?? from;
      for (const some of inParts([...ids], MOST_IDS)) {
        if (!this.#wire?.send({ type: 'receipt', forward, ids: some })) return;
        apply({ type: 'receipted', session, ids: some });
      }
    }
  }

  /** Whether anything went out over connections that are new to it. */
  #sendMessages(): boolean {
    let isNew = false;
    const { state, apply, scheduler, doubt } = this.#parts;
    const { outbox } = state();
    const now = scheduler.now();
    for (const due of dueIn(outbox, now, pairsIn(state()))) {
      if (!this.#wire || this.#drain) return isNew;
      if (this.#wire.buffered() >= HIGH_WATER_BYTES) {
        this.#waitForRoom();
        return isNew;
      }
      const { session, pair } = due;
      if (!due.isRepeated && !this.#pace.allows(session, pair, (one) => this.#openOver(session, one)))
        continue;
      const request = requestOf(due);
      if (bytesOf(request) > FRAME_LIMIT) {
        // The peer's next connectionId may be longer than the one that the text was measured for.
        apply({
          type: 'refused-here',
          id: due.id,
          code: 'too-large',
          reason: 'it does not fit into one frame',
        });
        continue;
      }
      if (!this.#wire.send(request)) return isNew;
      isNew ||= !due.isRepeated;
      if (due.isRepeated) doubt();
      else this.#pace.sent(session);
      apply({ type: 'transmitted', due, at: now, confirms: this.#dialectOf(session) !== 'plain' });
    }
    return isNew;
  }

  /** How many went over this pair of connections and are not settled. */
  #openOver(session: string, pair: Pair): number {
    const { pending = [] } = this.#parts.state().outbox.get(session) ?? {};
    return pending.filter((message) => isSame(message.pair, pair)).length;
  }

  #dialectOf(session: string): Dialect | undefined {
    return this.#parts.state().conversations.get(session)?.peer.dialect;
  }

  #waitForRoom(): void {
    this.#drain = timer(DRAIN_LOOK_MS, this.#parts.scheduler).subscribe(() => {
      this.#drain = undefined;
      this.look();
    });
  }

  /** While anything waits: looks once a second what is due then, or for too long, and asks for who is not there. */
  #lookAgain(): void {
    const { state, apply, scheduler } = this.#parts;
    const waits = [...state().outbox.values()].some(({ pending }) => pending.length > 0);
    if (!waits) {
      this.#looks?.unsubscribe();
      this.#looks = undefined;
    }
    if (!waits || this.#looks) return;
    this.#looks = new Subscription();
    this.#looks.add(
      interval(LOOK_MS, scheduler).subscribe(() => apply({ type: 'time-passed', at: scheduler.now() })),
    );
    this.#looks.add(interval(ASK_MS, scheduler).subscribe(() => this.#askForAbsent()));
  }

  #askForAbsent(): void {
    const { state, doubt } = this.#parts;
    const pairOf = pairsIn(state());
    const isAbsent = [...state().outbox].some(
      ([session, { pending }]) => pending.length > 0 && !pairOf(session),
    );
    if (isAbsent) doubt();
  }
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}
