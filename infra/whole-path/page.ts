import { WebSocket } from 'ws';
import { Client, type ClientOptions } from '../../web/src/app/connection/client.ts';
import type { Arrival } from '../../web/src/app/connection/socket.ts';
import { type Partner, partnersIn } from '../../web/src/app/connection/partners.ts';
import { until } from './until.ts';

/** Sockets that can be cut as no client would: without a close frame. */
export function cuttableSockets() {
  const sockets: WebSocket[] = [];
  class Cuttable extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  return { WebSocket: Cuttable, cut: () => sockets.at(-1)?.terminate() };
}

/** The page's own client code without the page: what it holds, and verbs that wait for what comes. */
export class Page {
  readonly client: Client;
  /** Every frame that came, on whichever of its connections. */
  readonly frames: Arrival[] = [];
  readonly #name: string;

  constructor(options: Omit<ClientOptions, 'name'> & { readonly name: string }) {
    this.#name = options.name;
    // Without jitter: the shortest pause before every new attempt.
    this.client = new Client({ random: () => 0, ...options });
    this.client.events.subscribe((event) => {
      if (event.type === 'frame') this.frames.push(event.frame);
    });
    this.client.open();
  }

  /** The connectionId it has now, or had last. */
  get id(): string {
    return this.client.state.me?.connectionId ?? 'none yet';
  }

  get session(): string {
    return this.client.state.me?.session ?? 'none yet';
  }

  /** Who is here, by connectionId. */
  get present(): readonly string[] {
    return this.#partners.filter(({ here }) => here).map(({ connectionId }) => connectionId);
  }

  get #partners(): readonly Partner[] {
    return partnersIn(this.client.state);
  }

  /** Waits for a welcome on a connection other than `former`. */
  connected(former?: string): Promise<string> {
    return this.#until(`${former === undefined ? 'a' : 'another'} connection`, () => {
      const { phase } = this.client.state;
      return phase.kind === 'connected' && this.id !== former && this.id;
    });
  }

  /** Waits until exactly these connections are listed besides itself. */
  async lists(...connectionIds: readonly string[]): Promise<void> {
    const wanted = [...connectionIds].sort().join();
    await this.#until(`the list ${wanted}`, () => [...this.present].sort().join() === wanted);
  }

  /** Sends to the session of another page or terminal, and fails unless it went over the wire or is about to. */
  send(session: string, text: string): void {
    const outcome = this.client.send(session, text);
    if (outcome !== 'sent' && outcome !== 'queued')
      throw new Error(`${this.#name} could not send: ${outcome}`);
  }

  /** What came from a session so far. */
  textsFrom(session: string): string[] {
    const partner = this.#partners.find((one) => one.session === session);
    const lines = partner?.conversation?.lines ?? [];
    return lines.filter(({ sent }) => sent === undefined).map(({ text }) => text);
  }

  /** Waits for the first `count` texts from a session. */
  hears(session: string, count: number): Promise<string[]> {
    return this.#until(`${count} texts from ${session}`, () => {
      const texts = this.textsFrom(session);
      return texts.length >= count && texts;
    });
  }

  /** Waits for a frame and gives it. */
  frame(isIt: (frame: Arrival) => boolean): Promise<Arrival> {
    return this.#until('a frame', () => this.frames.find(isIt));
  }

  #until<T>(what: string, look: () => T | undefined | false): Promise<T> {
    return until(() => {
      const { phase, notices } = this.client.state;
      return `${this.#name} to have ${what}; it has ${JSON.stringify({ phase, present: this.present, notices })}`;
    }, look);
  }
}
