import {
  defer,
  merge,
  NEVER,
  type Observable,
  repeat,
  type SchedulerLike,
  Subject,
  Subscription,
  take,
  timer,
} from 'rxjs';
import { PING_INTERVAL_MS, type Resume } from '#protocol';
import { socketUrl } from './address.ts';
import { afterEnding, type Effort, FRESH } from './backoff.ts';
import type { Ending } from './link.ts';
import { type ClientOptions, LIMITS } from './options.ts';
import { knownTo } from './presence.ts';
import type { Event } from './reducer.ts';
import type { Arrival, Wire } from './socket.ts';
import type { State } from './state.ts';
import { succession, type SuccessionEvent } from './succession.ts';
import { wakings } from './wakings.ts';

/** How often in a row a question may follow from the answer to the one before [P13]. */
const MOST_QUESTIONS = 5;

export interface ConnectorParts {
  readonly options: ClientOptions;
  readonly scheduler: SchedulerLike;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly state: () => State;
  readonly apply: (event: Event) => void;
  /** The session to go on with, at the moment of asking. */
  readonly resume: () => Resume | undefined;
  /** This is the way out from now on; none while there is no connection. */
  readonly use: (wire: Wire | undefined) => void;
  readonly arrived: (frame: Arrival) => void;
}

/** Connects, and comes back after every ending, for as long as it is open. */
export class Connector {
  readonly #parts: ConnectorParts;
  readonly #doubts = new Subject<void>();
  readonly #now = new Subject<void>();
  #life: Subscription | undefined;
  #effort: Effort = FRESH;
  #questions = 0;

  constructor(parts: ConnectorParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#life !== undefined;
  }

  open(): void {
    if (this.#life) return;
    this.#effort = FRESH;
    this.#life = new Subscription();
    this.#life.add(
      defer(() => this.#attempt())
        // Not `retry`: a clean close is no error, and we come back after those as well.
        .pipe(repeat({ delay: () => this.#pause() }))
        .subscribe((event) => this.#happened(event)),
    );
    this.#life.add(wakings(this.#parts.scheduler).subscribe(() => this.wake()));
  }

  close(): void {
    this.#life?.unsubscribe();
    this.#life = undefined;
    this.#parts.use(undefined);
  }

  /** Waits no longer for the next attempt. */
  hurry(): void {
    this.#now.next();
  }

  /** Connects now, or asks whether the connection is alive still. */
  wake(): void {
    this.hurry();
    this.doubt();
  }

  /** The connection may be dead without having said so: it is asked. */
  doubt(): void {
    this.#doubts.next();
  }

  /** A `pong` has named `strangers`: it describes as many as it can hold, and is asked about the rest [P13]. */
  askAbout(strangers: readonly string[]): void {
    this.#questions = strangers.length === 0 ? 0 : this.#questions + 1;
    if (this.#questions === 0 || this.#questions > MOST_QUESTIONS) return;
    this.#life?.add(this.#parts.scheduler.schedule(() => this.doubt()));
  }

  #attempt(): Observable<SuccessionEvent> {
    const { apply, options, random, resume, scheduler, state } = this.#parts;
    const { url, room, name, pass, WebSocket, maxDurationMs, idleTimeoutMs } = options;
    apply({ type: 'connecting', attempt: this.#effort.attempt });
    return succession({
      url: socketUrl(url, { room, ...(name !== undefined && { name }) }),
      ...{ room, pass, WebSocket, scheduler, random, resume },
      maxDurationMs: maxDurationMs ?? LIMITS.maxDurationMs,
      // The share of the idle limit that [P13] names.
      pingMs: ((idleTimeoutMs ?? LIMITS.idleTimeoutMs) * PING_INTERVAL_MS) / LIMITS.idleTimeoutMs,
      known: () => knownTo(state().presence),
      doubts: this.#doubts,
    });
  }

  #happened(event: SuccessionEvent): void {
    const { apply, arrived, use } = this.#parts;
    switch (event.type) {
      case 'opened':
      case 'pinged':
        apply(event);
        break;
      case 'live':
        use(event.wire);
        break;
      case 'frame':
        arrived(event.frame);
        break;
      case 'ended':
        this.#ended(event.why);
    }
  }

  #ended(why: Ending): void {
    const { apply, random, scheduler, state, use } = this.#parts;
    const { phase } = state();
    const now = scheduler.now();
    const livedMs = phase.kind === 'connected' ? now - phase.since : 0;
    use(undefined);
    this.#effort = afterEnding(this.#effort, why, livedMs, random);
    const { attempt, pauseMs, failedHandshakes } = this.#effort;
    apply({ type: 'waiting', attempt, retryAt: now + pauseMs, why, failedHandshakes });
  }

  #pause(): Observable<unknown> {
    const { pauseMs } = this.#effort;
    const pause = pauseMs === Infinity ? NEVER : timer(pauseMs, this.#parts.scheduler);
    return merge(pause, this.#now).pipe(take(1));
  }
}
