import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { readEcho, type SeenEvent } from './seen-event.ts';
import { within } from './within.ts';

/** A client that keeps what it got, in order. */
export class Visitor {
  readonly socket: WebSocket;
  readonly opened: Promise<IncomingMessage>;
  /** `1005 ` or `4001 done`: the code and the reason. */
  readonly #closed: Promise<string>;
  readonly #patienceMs: number;
  readonly #texts: string[] = [];
  #arrival = Promise.withResolvers<undefined>();

  constructor(socket: WebSocket, patienceMs: number) {
    this.socket = socket;
    this.#patienceMs = patienceMs;
    const upgrade = Promise.withResolvers<IncomingMessage>();
    socket.once('upgrade', (response) => upgrade.resolve(response));
    const opened = new Promise<IncomingMessage>((resolve, reject) => {
      socket.once('open', () => void upgrade.promise.then(resolve));
      socket.once('error', reject);
    });
    this.opened = within(patienceMs, 'the connection did not open', opened);
    this.#closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve(`${code} ${reason.toString('utf8')}`));
    });
    socket.on('message', (data: Buffer, isBinary) => {
      this.#texts.push(isBinary ? `binary ${data.toString('hex')}` : data.toString('utf8'));
      this.#arrival.resolve(undefined);
      this.#arrival = Promise.withResolvers<undefined>();
    });
  }

  say(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next text that was not taken yet. */
  async next(): Promise<string> {
    while (this.#texts.length === 0) {
      const closed = this.#closed.then((ending) => {
        if (this.#texts.length === 0) throw new Error(`closed with ${ending} instead of an answer`);
      });
      await within(this.#patienceMs, 'no message', Promise.race([this.#arrival.promise, closed]));
    }
    return this.#texts.shift() ?? '';
  }

  async ask(message: object | string): Promise<string> {
    this.say(message);
    return this.next();
  }

  /** The event of a message, as its function got it. */
  async event(more: object = {}): Promise<SeenEvent> {
    return readEcho(await this.ask({ action: 'event', ...more }));
  }

  async id(): Promise<string> {
    return (await this.event()).requestContext.connectionId;
  }

  /** The code and the reason, once closed; waits at most so long. */
  closed(patienceMs = this.#patienceMs): Promise<string> {
    return within(patienceMs, 'the connection was not closed', this.#closed);
  }
}
