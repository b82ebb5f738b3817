import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';

const TICK_MS = 5;
/** What is more between two looks at the clock was the machine's doing: then nobody could have answered in time. */
const MOST_BETWEEN_MS = 20;

/**
 * Time that passes `pace` times as fast for a client, all of whose windows and pauses are shorter by that. It does not pass while this
 * process is kept from running, nor while it is told to stand still.
 */
export class FastTime implements SchedulerLike {
  readonly #pace: number;
  readonly #start = Date.now();
  readonly #ticks: NodeJS.Timeout;
  readonly #waiting = new Set<() => void>();
  #passed = 0;
  #looked = performance.now();
  #stands = false;

  constructor(pace: number) {
    this.#pace = pace;
    this.#ticks = setInterval(() => this.#look(), TICK_MS);
  }

  now(): number {
    this.#look();
    return this.#start + Math.round(this.#passed);
  }

  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    return new Action(this, work).schedule(state, delay);
  }

  /** Waits so many milliseconds of this time. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.schedule(() => resolve(), ms));
  }

  /** Calls `work` at `due`, unless the answer is called before. */
  at(due: number, work: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      timer = setTimeout(look, Math.max(0, due - this.now()) / this.#pace);
    };
    const look = (): void => {
      if (this.#stands) this.#waiting.add(wait);
      else if (this.now() < due) wait();
      else work();
    };
    wait();
    return () => {
      clearTimeout(timer);
      this.#waiting.delete(wait);
    };
  }

  stand(): void {
    this.#look();
    this.#stands = true;
  }

  go(): void {
    this.#look();
    this.#stands = false;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wait of waiting) wait();
  }

  stop(): void {
    clearInterval(this.#ticks);
  }

  #look(): void {
    const now = performance.now();
    if (!this.#stands) this.#passed += Math.min(now - this.#looked, MOST_BETWEEN_MS) * this.#pace;
    this.#looked = now;
  }
}

class Action<T> extends Subscription implements SchedulerAction<T> {
  readonly #time: FastTime;
  readonly #work: (this: SchedulerAction<T>, state?: T) => void;
  #cancel: () => void = () => undefined;

  constructor(time: FastTime, work: (this: SchedulerAction<T>, state?: T) => void) {
    super(() => this.#cancel());
    this.#time = time;
    this.#work = work;
  }

  schedule(state?: T, delay = 0): this {
    if (this.closed) return this;
    this.#cancel();
    this.#cancel = this.#time.at(this.#time.now() + delay, () => this.#work.call(this, state));
    return this;
  }
}
