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
import { PING_INTERVAL_MS, type Resume } from '#protocol';
import { socketUrl } from './address.ts';
import { afterEnding, type Effort, FRESH } from './backoff.ts';
import { Courier, requestOf } from './courier.ts';
import { newId } from './ids.ts';
import type { Ending } from './link.ts';
import { Keeper } from './keeper.ts';
import { restored } from './memory.ts';
import { type ClientOptions, LIMITS, type Outcome } from './options.ts';
import { hasRoom } from './outbox.ts';
import { bytesOf, FRAME_LIMIT } from './outgoing.ts';
import { mayReturn, type Partner, partnersIn, peerOf } from './partners.ts';
import { knownTo, strangersIn } from './presence.ts';
import type { Arrival } from './socket.ts';
import { type Event, INITIAL, reduce, type State } from './state.ts';
import { succession, type SuccessionEvent } from './succession.ts';
import { wakings } from './wakings.ts';

export type { ClientOptions, Outcome } from './options.ts';

/** A message that has just been shown. */
export interface ShownMessage {
  /** Who wrote it. */
  readonly session: string;
  readonly id: string;
  readonly text: string;
}

/** How often in a row strangers in a `pong` are asked about [P13]. */
const MOST_QUESTIONS = 5;

/**
 * A member of a room for as long as the user wants: connects, comes back after every ending, and keeps what happened.
 * Free of Angular, so that Node drives this very code against the real functions.
 */
export class Client {
  readonly #options: ClientOptions;
  readonly #scheduler: SchedulerLike;
  readonly #random: () => number;
  readonly #states: BehaviorSubject<State>;
  readonly #events = new Subject<Event>();
  readonly #shown = new Subject<ShownMessage>();
  readonly #doubts = new Subject<void>();
  readonly #now = new Subject<void>();
  readonly #courier: Courier;
  readonly #keeper: Keeper;
  #life: Subscription | undefined;
  #resume: Resume | undefined;
  #effort: Effort = FRESH;
  #questions = 0;

  /** The current state, then every later one. */
  readonly states: Observable<State>;
  /** Everything that happens, after the state has taken it in. */
  readonly events: Observable<Event> = this.#events.asObservable();
  /** Every message to us, once it is shown. */
  readonly shown: Observable<ShownMessage> = this.#shown.asObservable();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#scheduler = options.scheduler ?? asyncScheduler;
    this.#random = options.random ?? Math.random;
    const memories = options.memory?.recall();
    this.#resume = memories?.resume;
    const { resumeWindowMs: windowMs = LIMITS.resumeWindowMs } = options;
    this.#states = new BehaviorSubject({ ...(memories ? restored(memories) : INITIAL), windowMs });
    this.states = this.#states.asObservable();
    const parts = { state: () => this.state, scheduler: this.#scheduler };
    this.#courier = new Courier({
      ...parts,
      apply: (event) => this.#apply(event),
      doubt: () => this.doubt(),
    });
    this.#keeper = new Keeper({
      ...parts,
      memory: options.memory,
      resume: () => this.#resume,
      stored: () => this.#courier.sendReceipts(),
    });
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
    this.#life.add(wakings(this.#scheduler).subscribe(() => this.wake()));
    this.#courier.look();
  }

  /** Disconnects; only `open` and `reconnect` connect again. */
  close(): void {
    if (!this.#life) return;
    this.remember();
    this.#life.unsubscribe();
    this.#life = undefined;
    this.#courier.use(undefined);
    this.#apply({ type: 'disconnected' });
    this.#courier.stop();
    this.#keeper.stop();
  }

  /** Connects now instead of later. */
  reconnect(): void {
    if (this.#life) this.#now.next();
    else this.open();
  }

  /** The network is back, or somebody is looking: connects now, or asks whether the connection is alive still. */
  wake(): void {
    this.#now.next();
    this.doubt();
  }

  /** The connection may be dead without having said so: it is asked. */
  doubt(): void {
    this.#doubts.next();
  }

  /** Sends `text` to a partner, on its newest connection, until it is confirmed; what cannot go out now waits. */
  send(session: string, text: string): Outcome {
    if (text.trim() === '') return 'empty';
    if (this.measure(session, text) > FRAME_LIMIT) return 'too-large';
    const partner = this.#partner(session);
    if (!partner || !mayReturn(partner, this.#scheduler.now() - this.state.windowMs)) return 'gone';
    if (!hasRoom(this.state.outbox, text)) return 'full';
    const id = newId();
    this.#apply({ type: 'written', peer: peerOf(partner), id, text, at: this.#scheduler.now() });
    const line = this.state.conversations.get(session)?.lines.findLast((one) => one.id === id);
    return line?.sent?.status.kind === 'queued' ? 'queued' : 'sent';
  }

  /** Tries a message again that was not delivered, for all that is known. */
  retry(session: string, id: string): void {
    this.#apply({ type: 'retried', session, id, at: this.#scheduler.now() });
  }

  /** Gives up a message that is not settled. */
  cancel(session: string, id: string): void {
    this.#apply({ type: 'cancelled', session, id });
  }

  /** How many bytes the whole frame would have that carries `text` to a partner [P6]. */
  measure(session: string, text: string): number {
    const partner = this.#partner(session);
    if (!partner) return 0;
    const id = newId();
    const { stream, next } = this.state.outbox.get(session) ?? { stream: id, next: 0 };
    const pair = { ours: '', theirs: partner.connectionId };
    const due = { session, id, stream, seq: next, base: next, data: text, pair, isRepeated: false };
    return bytesOf(requestOf(due));
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

  /** Stores what the next client of this tab goes on with, and then says that it was shown. */
  remember(): void {
    this.#keeper.confirm();
  }

  #attempt(): Observable<SuccessionEvent> {
    const { url, room, name, WebSocket, maxDurationMs, idleTimeoutMs } = this.#options;
    this.#apply({ type: 'connecting', attempt: this.#effort.attempt });
    return succession({
      url: socketUrl(url, { room, ...(name !== undefined && { name }) }),
      room,
      WebSocket,
      scheduler: this.#scheduler,
      random: this.#random,
      resume: () => this.#resume,
      maxDurationMs: maxDurationMs ?? LIMITS.maxDurationMs,
      // The share of the idle limit that [P13] names.
      pingMs: ((idleTimeoutMs ?? LIMITS.idleTimeoutMs) * PING_INTERVAL_MS) / LIMITS.idleTimeoutMs,
      known: () => knownTo(this.state.presence),
      doubts: this.#doubts,
    });
  }

  #happened(event: SuccessionEvent): void {
    switch (event.type) {
      case 'opened':
      case 'pinged':
        this.#apply(event);
        break;
      case 'live':
        this.#courier.use(event.wire);
        break;
      case 'frame':
        this.#arrived(event.frame);
        break;
      case 'ended':
        this.#ended(event.why);
    }
  }

  #arrived(frame: Arrival): void {
    if (frame.type === 'welcome') this.#resume = { session: frame.session, key: frame.resumeKey };
    this.#apply({ type: 'frame', frame, at: this.#scheduler.now() });
    if (frame.type === 'welcome') this.remember();
    if (frame.type === 'pong') this.#askAbout(strangersIn(this.state.presence, frame.listed));
  }

  /** A pong describes as many as it can hold; it is asked about the rest [P13]. */
  #askAbout(strangers: readonly string[]): void {
    this.#questions = strangers.length === 0 ? 0 : this.#questions + 1;
    if (this.#questions === 0 || this.#questions > MOST_QUESTIONS) return;
    this.#life?.add(this.#scheduler.schedule(() => this.doubt()));
  }

  #ended(why: Ending): void {
    const { phase } = this.state;
    const now = this.#scheduler.now();
    const livedMs = phase.kind === 'connected' ? now - phase.since : 0;
    this.#courier.use(undefined);
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
    const before = this.state;
    const after = reduce(before, event);
    this.#states.next(after);
    // What is numbered must be stored before it is sent, or the next client of this tab would use the number again.
    if (event.type === 'written' || event.type === 'retried') this.#keeper.keep();
    this.#events.next(event);
    if (event.type === 'frame' && event.frame.type === 'message')
      this.#show(event.frame.session, before, after);
    this.#courier.look();
    if (this.#life) this.#keeper.changed(before, after);
  }

  /** What a message has let go: perhaps nothing, perhaps others that had overtaken it. */
  #show(session: string, before: State, after: State): void {
    const lines = after.conversations.get(session)?.lines ?? [];
    const last = before.conversations.get(session)?.lines.at(-1);
    const known = last ? lines.lastIndexOf(last) + 1 : 0;
    for (const { id, text } of lines.slice(known)) this.#shown.next({ session, id, text });
  }
}
