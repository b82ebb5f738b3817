/** How many frames a connection may send: how many a second, and how many at once. */
export interface Rate {
  readonly rate: number;
  readonly burst: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** How many connections an instance remembers. */
const CAPACITY = 2_000;

/**
 * Counts the frames of each connection that come to this function instance [P26]. It is a fence against a client that runs wild, not a
 * meter: with more instances a connection has a bucket in each.
 */
export class FrameRate {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number = Date.now) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes a token of a connection's; false when it has none left. */
  take(connectionId: string): boolean {
    const { rate, burst } = this.#rate;
    const now = this.#now();
    const bucket = this.#buckets.get(connectionId) ?? this.#fill(connectionId, now);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) * rate) / 1000);
    bucket.filledAt = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #fill(connectionId: string, now: number): Bucket {
    const bucket = { tokens: this.#rate.burst, filledAt: now };
    this.#buckets.set(connectionId, bucket);
    // A Map keeps the order of insertion, so that its first key is the oldest.
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > CAPACITY && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket;
  }
}
