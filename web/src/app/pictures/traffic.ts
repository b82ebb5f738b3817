import type { WireEntry } from '../wire/wire-entry.ts';

/** For how many seconds messages are counted, and how many round trips are remembered. */
export const SECONDS = 60;
export const MOST_ROUND_TRIPS = 60;

/** Messages in each of the last seconds, the oldest first; the last second is not over yet. */
export interface Rates {
  readonly out: readonly number[];
  readonly in: readonly number[];
}

const ROUND_TRIPS = new Set(['receipt', 'pong']);

/** Messages by the second, and round trips: what the pictures make of the wire log, read once, entry by entry. */
export class Traffic {
  readonly #out = new Float64Array(SECONDS);
  readonly #in = new Float64Array(SECONDS);
  /** Which second the places of the two above are about. */
  readonly #second = new Float64Array(SECONDS);
  readonly #roundTrips: number[] = [];
  #next = 0;

  /** The latest round trips in milliseconds, the oldest first. */
  get roundTrips(): readonly number[] {
    return this.#roundTrips;
  }

  /** Takes in what has been written down since the last time; the messages of it. */
  advance(entries: readonly WireEntry[]): readonly WireEntry[] {
    const newest = entries.at(-1)?.key ?? -1;
    // Keys follow each other, so that what is new is at the end.
    const from = Math.max(0, entries.length - (newest - this.#next + 1));
    this.#next = Math.max(this.#next, newest + 1);
    const messages: WireEntry[] = [];
    for (let place = from; place < entries.length; place++) {
      const entry = entries[place];
      if (!entry) continue;
      if (entry.kind === 'message') {
        this.#count(entry);
        messages.push(entry);
      }
      if (entry.direction === 'in' && entry.roundTripMs !== undefined && ROUND_TRIPS.has(entry.kind))
        this.#roundTrips.push(entry.roundTripMs);
    }
    this.#roundTrips.splice(0, this.#roundTrips.length - MOST_ROUND_TRIPS);
    return messages;
  }

  /** How many messages went each way in the seconds up to `now`, in milliseconds since the epoch. */
  rates(now: number): Rates {
    const last = Math.floor(now / 1000);
    const seconds = Array.from({ length: SECONDS }, (_, place) => last - SECONDS + 1 + place);
    const of = (counts: Float64Array) =>
      seconds.map((second) =>
        this.#second[second % SECONDS] === second ? (counts[second % SECONDS] ?? 0) : 0,
      );
    return { out: of(this.#out), in: of(this.#in) };
  }

  #count({ at, direction }: WireEntry): void {
    const second = Math.floor(at / 1000);
    const place = second % SECONDS;
    if (this.#second[place] !== second) {
      this.#second[place] = second;
      this.#out[place] = 0;
      this.#in[place] = 0;
    }
    const counts = direction === 'out' ? this.#out : this.#in;
    counts[place] = (counts[place] ?? 0) + 1;
  }
}
