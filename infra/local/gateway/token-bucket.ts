/** How many requests a second, and how many at once. */
export interface Rate {
  readonly rate: number;
  readonly burst: number;
}

/** Holds `burst` tokens, one for each request, and gets `rate` new ones a second (PARITY Q13). */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  /** `now` tells milliseconds that only ever grow. */
  constructor(rate: Rate, now = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
    this.#tokens = rate.burst;
    this.#filledAt = now();
  }

  /** Takes a token; false when there is none. */
  take(): boolean {
    if (this.tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** How many it holds now. */
  get tokens(): number {
    const now = this.#now();
    const { rate, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) * rate) / 1000);
    this.#filledAt = now;
    return this.#tokens;
  }
}
