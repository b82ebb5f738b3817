import {
  asyncScheduler,
  BehaviorSubject,
  defer,
  merge,
  type Observable,
  repeat,
  type SchedulerLike,
  Subject,
  Subscription,
  take,
  timer,
} from 'rxjs';
import { socketUrl } from './address.ts';
import { afterEnding, type Effort, FRESH } from './backoff.ts';
import { compose } from './conversation.ts';
import { type Ending, link, type LinkEvent } from './link.ts';
import { bytesOf, FRAME_LIMIT } from './outgoing.ts';
import type { Send, WebSocketConstructor } from './socket.ts';
import { type Partner, partnersIn, peerOf } from './partners.ts';
import { type Event, INITIAL, reduce, type State } from './state.ts';

export interface ClientOptions {
  /** The WebSocket URL of the stage, without a query. */
  readonly url: string;
  readonly room: string;
  readonly name?: string;
  readonly WebSocket: WebSocketConstructor;
  readonly scheduler?: SchedulerLike;
  /** From 0 up to 1, like `Math.random`. */
  readonly random?: () => number;
}

/** What became of a text: nothing but `sent` went over the wire. */
export type Outcome = 'sent' | 'not-connected' | 'gone' | 'too-large' | 'empty';

/**
 * A member of a room for as long as the user wants: connects, comes back after every ending, and keeps what happened.
 * Free of Angular, so that Node drives this very code against the real functions.
 */
export class Client {
  readonly #options: ClientOptions;
  readonly #scheduler: SchedulerLike;
  readonly #random: () => number;
  readonly #states = new BehaviorSubject<State>(INITIAL);
  readonly #events = new Subject<Event>();
  readonly #doubts = new Subject<void>();
  readonly #now = new Subject<void>();
  #life: Subscription | undefined;
  #send: Send | undefined;
  #effort: Effort = FRESH;

  /** The current state, then every later one. */
  readonly states: Observable<State> = this.#states.asObservable();
  /** Everything that happens, after the state has taken it in. */
  readonly events: Observable<Event> = this.#events.asObservable();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#scheduler = options.scheduler ?? asyncScheduler;
    this.#random = options.random ?? Math.random;
  }

  get state(): State {
    return this.#states.value;
  }

  /** Connects and stays connected until `close`. */
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
  }

  /** Disconnects; only `open` and `reconnect` connect again. */
  close(): void {
    if (!this.#life) return;
    this.#life.unsubscribe();
    this.#life = undefined;
    this.#send = undefined;
    this.#apply({ type: 'disconnected' });
  }

  /** Connects now instead of later. */
  reconnect(): void {
    if (this.#life) this.#now.next();
    else this.open();
  }

  /** The network is back, or somebody is looking: connects now, or asks whether the connection is alive still. */
  wake(): void {
    this.#now.next();
    this.#doubts.next();
  }

  /** Sends `text` to a partner, on its newest connection. */
  send(session: string, text: string): Outcome {
    if (text.trim() === '') return 'empty';
    if (this.measure(session, text) > FRAME_LIMIT) return 'too-large';
    if (this.state.phase.kind !== 'connected' || !this.#send) return 'not-connected';
    const partner = this.#partner(session);
    if (!partner?.here) return 'gone';
    const request = compose(partner.conversation, partner, text);
    if (!this.#send(request)) return 'not-connected';
    this.#apply({ type: 'sent', peer: peerOf(partner), request, at: this.#scheduler.now() });
    return 'sent';
  }

  /** How many bytes the whole frame would have that carries `text` to a partner [P6]. */
  measure(session: string, text: string): number {
    const partner = this.#partner(session);
    return partner ? bytesOf(compose(partner.conversation, partner, text)) : 0;
  }

  /** Chooses whose conversation is on screen; none without a session. */
  select(session: string | undefined): void {
    const partner = session === undefined ? undefined : this.#partner(session);
    this.#apply({ type: 'selected', peer: partner && peerOf(partner) });
  }

  /** Says whether somebody can see the page: what arrives meanwhile is unread. */
  look(visible: boolean): void {
    this.#apply({ type: 'looked', visible });
  }

  /** Takes a notice away. */
  dismiss(key: number): void {
    this.#apply({ type: 'dismissed', key });
  }

  #attempt(): Observable<LinkEvent> {
    const { url, room, name, WebSocket } = this.#options;
    this.#apply({ type: 'connecting', attempt: this.#effort.attempt });
    return link({
      url: socketUrl(url, { room, ...(name !== undefined && { name }) }),
      room,
      WebSocket,
      scheduler: this.#scheduler,
      doubts: this.#doubts,
    });
  }

  #happened(event: LinkEvent): void {
    switch (event.type) {
      case 'opened':
        this.#send = event.send;
        this.#apply({ type: 'opened' });
        break;
      case 'frame':
        this.#apply({ type: 'frame', frame: event.frame, at: this.#scheduler.now() });
        break;
      case 'pinged':
        this.#apply(event);
        break;
      case 'ended':
        this.#ended(event.why);
    }
  }

  #ended(why: Ending): void {
    const { phase } = this.state;
    const now = this.#scheduler.now();
    const livedMs = phase.kind === 'connected' ? now - phase.since : 0;
    this.#send = undefined;
    this.#effort = afterEnding(this.#effort, why, livedMs, this.#random);
    const { attempt, pauseMs, failedHandshakes } = this.#effort;
    this.#apply({ type: 'waiting', attempt, retryAt: now + pauseMs, why, failedHandshakes });
  }

  #pause(): Observable<unknown> {
    return merge(timer(this.#effort.pauseMs, this.#scheduler), this.#now).pipe(take(1));
  }

  #partner(session: string): Partner | undefined {
    return partnersIn(this.state).find((partner) => partner.session === session);
  }

  #apply(event: Event): void {
    this.#states.next(reduce(this.state, event));
    this.#events.next(event);
  }
}
