import { WebSocket } from 'ws';

/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:1/';

/** The network of one tab: the class of its sockets, and what can happen to those. */
export class Network {
  readonly #sockets = new Set<Breakable>();
  #isDown = false;
  #losesSession = false;

  /** The class that the client opens its sockets with. */
  readonly WebSocket = this.#class();

  /** Takes every socket, without a close frame, and refuses new ones until `restore`. */
  goDown(): void {
    this.#isDown = true;
    this.cut();
  }

  restore(): void {
    this.#isDown = false;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Leaves every socket open, and brings nothing any more in either direction. */
  freeze(): void {
    for (const socket of this.#sockets) socket.freeze();
  }

  /**
   * Sees to it that the next `hello` does not bring its session back. The functions end a session by real time, which is
   * not scaled; a wrong key is answered in the same way [P15].
   */
  loseSession(): void {
    this.#losesSession = true;
  }

  #class(): typeof Breakable {
    const sockets = this.#sockets;
    const urlNow = (url: string): string => (this.#isDown ? NOWHERE : url);
    const pass = (frame: string): string => this.#pass(frame);
    return class extends Breakable {
      constructor(url: string, protocols?: string | string[]) {
        super(urlNow(url), protocols, pass);
        sockets.add(this);
        this.once('close', () => sockets.delete(this));
      }
    };
  }

  #pass(frame: string): string {
    if (!this.#losesSession || !frame.includes('"type":"hello"')) return frame;
    this.#losesSession = false;
    return frame.replace(/"key":"[^"]*"/, '"key":"expired"');
  }
}

class Breakable extends WebSocket {
  readonly #pass: (frame: string) => string;
  #isFrozen = false;

  constructor(url: string, protocols?: string | string[], pass = (frame: string): string => frame) {
    super(url, protocols);
    this.#pass = pass;
  }

  freeze(): void {
    this.#isFrozen = true;
    if (this.readyState === this.OPEN) this.pause();
  }

  override send(frame: string): void {
    if (!this.#isFrozen) super.send(this.#pass(frame));
  }

  override close(code?: number, reason?: string): void {
    // A close frame would not arrive either.
    if (this.#isFrozen) this.terminate();
    else super.close(code, reason);
  }
}
