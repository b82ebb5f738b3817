import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';

/** Time that passes `pace` times as fast for a client, all of whose windows and pauses are shorter by that. */
export class FastTime implements SchedulerLike {
  readonly #pace: number;
  readonly #start = Date.now();
  readonly #origin = performance.now();

  constructor(pace: number) {
    this.#pace = pace;
  }

  now(): number {
    return this.#start + Math.round((performance.now() - this.#origin) * this.#pace);
  }

  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    return new Action(this.#pace, work).schedule(state, delay);
  }
}

class Action<T> extends Subscription implements SchedulerAction<T> {
  readonly #pace: number;
  readonly #work: (this: SchedulerAction<T>, state?: T) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(pace: number, work: (this: SchedulerAction<T>, state?: T) => void) {
    super(() => clearTimeout(this.#timer));
    this.#pace = pace;
    this.#work = work;
  }

  schedule(state?: T, delay = 0): this {
    if (this.closed) return this;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#work.call(this, state), delay / this.#pace);
    return this;
  }
}
