import type { Pair } from './outbox.ts';

/** How many messages may be on their way over a pair of connections of which nothing is known yet. */
export const FIRST_IN_FLIGHT = 8;

interface Way {
  readonly pair: Pair;
  /** How many may be on their way before any of them is settled. */
  readonly first: number;
  /** How many messages have gone over it. */
  sent: number;
}

/**
 * How fast messages go to a peer: a few at first over each new pair of connections, and two more for each that is settled. All that
 * waits, sent at once on a connection that will not last, is sent for nothing, and again on the next one. After a pair that ended before
 * any was settled it is half as many, down to one.
 */
export class Pace {
  readonly #ways = new Map<string, Way>();

  /** Whether one more may go to the peer with this session; `open` tells how many went over a pair and are not settled. */
  allows(session: string, pair: Pair, open: (pair: Pair) => number): boolean {
    const { first, sent } = this.#way(session, pair, open);
    return open(pair) < first + 2 * Math.max(0, sent - open(pair));
  }

  /** One has gone, as was allowed. */
  sent(session: string): void {
    const way = this.#ways.get(session);
    if (way) way.sent++;
  }

  #way(session: string, pair: Pair, open: (pair: Pair) => number): Way {
    const known = this.#ways.get(session);
    if (known?.pair.ours === pair.ours && known.pair.theirs === pair.theirs) return known;
    const way = { pair, first: known ? firstAfter(known, open(known.pair)) : FIRST_IN_FLIGHT, sent: 0 };
    this.#ways.set(session, way);
    return way;
  }
}

function firstAfter({ first, sent }: Way, open: number): number {
  if (sent === 0) return first;
  return sent > open ? Math.min(FIRST_IN_FLIGHT, first * 2) : Math.max(1, Math.floor(first / 2));
}
