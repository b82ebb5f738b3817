/** One number: that of the event that the worker may take, 0 while there is none. */
const OFFERED = 0;
const NONE = 0;
const LAST = 0x7fff_ffff;

/**
 * Whose turn it is, between the runner and one worker, over shared memory. The runner offers an event, even while the worker
 * still handles another; the worker claims it when it gets to it; until then the runner may take it back. What is claimed
 * is handled, what is taken back is not: never both.
 */
export class Turns {
  readonly #cell: Int32Array<SharedArrayBuffer>;
  #last = 0;

  /** `shared` is that of the `Turns` on the other side. */
  constructor(shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#cell = new Int32Array(shared);
  }

  get shared(): SharedArrayBuffer {
    return this.#cell.buffer;
  }

  /** Whether nothing is offered that was not claimed. */
  get isOpen(): boolean {
    return Atomics.load(this.#cell, OFFERED) === NONE;
  }

  /** The runner: a number for the next event, to be sent with it before it is offered. */
  next(): number {
    this.#last = (this.#last % LAST) + 1;
    return this.#last;
  }

  /** The runner: lets the worker take that event, and wakes it if it sleeps. */
  offer(turn: number): void {
    Atomics.store(this.#cell, OFFERED, turn);
    Atomics.notify(this.#cell, OFFERED);
  }

  /** The runner: false when the worker was faster. */
  takeBack(turn: number): boolean {
    return Atomics.compareExchange(this.#cell, OFFERED, turn, NONE) === turn;
  }

  /** The worker: false when the runner has taken it back. */
  claim(turn: number): boolean {
    return Atomics.compareExchange(this.#cell, OFFERED, turn, NONE) === turn;
  }

  /** The worker: blocks its thread until something is offered. Timers and sockets stand still too, as AWS freezes them. */
  wait(): void {
    Atomics.wait(this.#cell, OFFERED, NONE);
  }
}
