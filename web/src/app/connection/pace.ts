import type { Pair } from './outbox.ts';

/** How many messages may be on their way over a pair of connections of which nothing is known yet. */
export const FIRST_IN_FLIGHT = 8;

interface Way {
  readonly pair: Pair;
  /** How many messages have gone over it. */
  sent: number;
}

/**
 * How fast messages go to a peer: a few at first over each new pair of connections, and two more for each that is settled. All that
 * waits, sent at once on a connection that will not last, is sent for nothing, and again on the next one.
 */
export class Pace {
  readonly #ways = new Map<string, Way>();

  /** Whether one more may go to the peer with this session, when `open` that went over this pair are not settled. */
  allows(session: string, pair: Pair, open: number): boolean {
    return open < FIRST_IN_FLIGHT + 2 * Math.max(0, this.#way(session, pair).sent - open);
  }

  /** One has gone. */
  sent(session: string, pair: Pair): void {
    this.#way(session, pair).sent++;
  }

  #way(session: string, pair: Pair): Way {
    const known = this.#ways.get(session);
    if (known?.pair.ours === pair.ours && known.pair.theirs === pair.theirs) return known;
    const way = { pair, sent: 0 };
    this.#ways.set(session, way);
    return way;
  }
}
