import { asyncScheduler, BehaviorSubject, type Observable, type SchedulerLike, Subject } from 'rxjs';
import type { Resume } from '#protocol';
import { Connector } from './connector.ts';
import { Courier, requestOf } from './courier.ts';
import { newId } from './ids.ts';
import { Keeper } from './keeper.ts';
import { restored } from './memory.ts';
import { type ClientOptions, LIMITS, type Outcome } from './options.ts';
import { hasRoom } from './outbox.ts';
import { bytesOf, FRAME_LIMIT } from './outgoing.ts';
import { mayReturn, type Partner, partnersIn, peerOf } from './partners.ts';
import { strangersIn } from './presence.ts';
import { type Event, reduce } from './reducer.ts';
import type { Arrival } from './socket.ts';
import { INITIAL, type State } from './state.ts';

export type { ClientOptions, Outcome } from './options.ts';

/** A message that has just been shown. */
export interface ShownMessage {
  /** Who wrote it. */
  readonly session: string;
  readonly id: string;
  readonly text: string;
}

const DECISIONS: readonly Event['type'][] = ['written', 'retried', 'cancelled'];

/**
 * A member of a room for as long as the user wants: connects, comes back after every ending, and keeps what happened.
 * Free of Angular, so that Node drives this very code against the real functions.
 */
export class Client {
  readonly #scheduler: SchedulerLike;
  readonly #states: BehaviorSubject<State>;
  readonly #events = new Subject<Event>();
  readonly #shown = new Subject<ShownMessage>();
  readonly #connector: Connector;
  readonly #courier: Courier;
  readonly #keeper: Keeper;
  #resume: Resume | undefined;

  /** The current state, then every later one. */
  readonly states: Observable<State>;
  /** Everything that happens, after the state has taken it in. */
  readonly events: Observable<Event> = this.#events.asObservable();
  /** Every message to us, once it is shown. */
  readonly shown: Observable<ShownMessage> = this.#shown.asObservable();

  constructor(options: ClientOptions) {
    this.#scheduler = options.scheduler ?? asyncScheduler;
    const memories = options.memory?.recall();
    this.#resume = memories?.resume;
    const windowMs = options.resumeWindowMs ?? LIMITS.resumeWindowMs;
    this.#states = new BehaviorSubject({ ...(memories ? restored(memories) : INITIAL), windowMs });
    this.states = this.#states.asObservable();
    const parts = { state: () => this.state, scheduler: this.#scheduler };
    const apply = (event: Event) => this.#apply(event);
    const resume = () => this.#resume;
    this.#connector = new Connector({
      ...{ ...parts, apply, options, resume, random: options.random ?? Math.random },
      use: (wire) => this.#courier.use(wire),
      arrived: (frame) => this.#arrived(frame),
    });
    // Whoever goes on after a crash must know what may have arrived.
    const sent = () => this.#keeper.keep();
    this.#courier = new Courier({ ...parts, apply, sent, doubt: () => this.doubt() });
    this.#keeper = new Keeper({
      ...{ ...parts, resume, memory: options.memory },
      stored: () => this.#courier.sendReceipts(),
    });
  }

  get state(): State {
    return this.#states.value;
  }

  /** Connects and stays connected until `close`. */
  open(): void {
    this.#connector.open();
    this.#courier.look();
  }

  /** Disconnects; only `open` and `reconnect` connect again. */
  close(): void {
    if (!this.#connector.isOpen) return;
    this.remember();
    this.#connector.close();
    this.#apply({ type: 'disconnected' });
    this.#keeper.stop();
  }

  /** Connects now instead of later. */
  reconnect(): void {
    if (this.#connector.isOpen) this.#connector.hurry();
    else this.open();
  }

  /** The network is back, or somebody is looking: connects now, or asks whether the connection is alive. */
  wake(): void {
    this.#connector.wake();
  }

  /** The connection may be dead without having said so: it is asked. */
  doubt(): void {
    this.#connector.doubt();
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

  #arrived(frame: Arrival): void {
    if (frame.type === 'welcome') this.#resume = { session: frame.session, key: frame.resumeKey };
    this.#apply({ type: 'frame', frame, at: this.#scheduler.now() });
    if (frame.type === 'welcome') this.remember();
    if (frame.type === 'pong') this.#connector.askAbout(strangersIn(this.state.presence, frame.listed));
  }

  #partner(session: string): Partner | undefined {
    return partnersIn(this.state).find((partner) => partner.session === session);
  }

  #apply(event: Event): void {
    const before = this.state;
    const after = reduce(before, event);
    this.#states.next(after);
    // The next client of this tab must neither use a number again nor send what was cancelled, whenever this one ends.
    if (DECISIONS.includes(event.type)) this.#keeper.keep();
    this.#events.next(event);
    const frame = event.type === 'frame' ? event.frame : undefined;
    if (frame?.type === 'message') this.#show(frame.session, before, after);
    this.#courier.look();
    if (this.#connector.isOpen) this.#keeper.changed(before, after);
  }

  /** What a message has let go: perhaps nothing, perhaps others that had overtaken it. */
  #show(session: string, before: State, after: State): void {
    const lines = after.conversations.get(session)?.lines ?? [];
    const last = before.conversations.get(session)?.lines.at(-1);
    const known = last ? lines.lastIndexOf(last) + 1 : 0;
    for (const { id, text } of lines.slice(known)) this.#shown.next({ session, id, text });
  }
}
