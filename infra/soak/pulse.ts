import { WebSocket } from 'ws';
import type { FastTime } from './fast-time.ts';

const BETWEEN_MS = 20;
/** An answer may be lost: then the next is asked for, and time passes. */
const LOST_MS = 1000;

export interface PulseOptions {
  readonly url: string;
  readonly time: FastTime;
  /** How long an answer may take, in real time, before it is the machine that is slow. */
  readonly promptMs: number;
}

/**
 * Lets time stand still while the runner is slow to answer a terminal. It runs as many functions at once as there are processors to
 * spare, and AWS as many as there are events: a client whose seconds are short would take the queue for a dead connection.
 */
export class Pulse {
  readonly #options: PulseOptions;
  #socket: WebSocket | undefined;
  #stopped = false;
  #beating: Promise<void> | undefined;

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  start(): void {
    this.#beating = this.#beat();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#socket?.terminate();
    await this.#beating;
  }

  async #beat(): Promise<void> {
    const { time, promptMs } = this.#options;
    while (!this.#stopped) {
      const slow = setTimeout(() => time.stand(), promptMs);
      await this.#ask();
      clearTimeout(slow);
      time.go();
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
  }

  /** Asks who one is, and waits for an answer, the end of the connection, or too long. */
  #ask(): Promise<undefined> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const lost = setTimeout(() => {
      this.#socket?.terminate();
      resolve(undefined);
    }, LOST_MS);
    const socket = this.#open();
    const ask = (): void => socket.send(JSON.stringify({ action: 'sendMessageRoute', data: 'who am i' }));
    if (socket.readyState === WebSocket.OPEN) ask();
    else socket.once('open', ask);
    socket.once('message', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    return promise.finally(() => {
      clearTimeout(lost);
      socket.removeAllListeners('message');
      socket.removeAllListeners('close');
    });
  }

  #open(): WebSocket {
    const known = this.#socket;
    if (known && (known.readyState === WebSocket.OPEN || known.readyState === WebSocket.CONNECTING))
      return known;
    const socket = new WebSocket(`${this.#options.url}?room=pulse`);
    // It is followed by `close`.
    socket.on('error', () => undefined);
    this.#socket = socket;
    return socket;
  }
}
