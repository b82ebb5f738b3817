import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import type { SteadyTimers } from './steady-timers.ts';

/** Schedules like RxJS's own, by timers that a hidden page keeps. */
export class SteadyScheduler implements SchedulerLike {
  readonly #timers: SteadyTimers;

  constructor(timers: SteadyTimers) {
    this.#timers = timers;
  }

  now(): number {
    return Date.now();
  }

  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    return new Action(this.#timers, work).schedule(state, delay);
  }
}

class Action<T> extends Subscription implements SchedulerAction<T> {
  readonly #timers: SteadyTimers;
  readonly #work: (this: SchedulerAction<T>, state?: T) => void;
  #forget: (() => void) | undefined;

  constructor(timers: SteadyTimers, work: (this: SchedulerAction<T>, state?: T) => void) {
    super(() => this.#forget?.());
    this.#timers = timers;
    this.#work = work;
  }

  schedule(state?: T, delay = 0): this {
    if (this.closed) return this;
    this.#forget?.();
    this.#forget = this.#timers.set(delay, () => this.#work.call(this, state));
    return this;
  }
}
