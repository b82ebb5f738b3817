import { SUBPROTOCOL } from '#protocol';
import type { WebSocketConstructor, WebSocketLike } from '../app/connection/socket.ts';

type Listener<E> = ((event: E) => void) | null;

/**
 * A WebSocket whose other end is the test: `accept()` opens it, `say()` sends a frame to the page, `hangUp()`, `break()`
 * and `refuse()` end it in the three ways there are, and `heard` holds what the page has sent.
 */
export class FakeSocket implements WebSocketLike {
  readonly url: string;
  readonly protocols: readonly string[];
  readyState = 0;
  /** How much the network has not taken yet. */
  bufferedAmount = 0;
  onopen: Listener<object> = null;
  onerror: Listener<object> = null;
  onclose: Listener<{ code: number; reason: string; wasClean: boolean }> = null;
  onmessage: Listener<{ data: unknown }> = null;
  readonly #sent: string[] = [];

  constructor(url: string, protocols: string | string[] = []) {
    this.url = url;
    this.protocols = [protocols].flat();
  }

  /** The frames that the page has sent, parsed. */
  get heard(): readonly unknown[] {
    return this.#sent.map((text): unknown => JSON.parse(text));
  }

  /** Whether the socket takes part in anything still. */
  get isLive(): boolean {
    return this.readyState < 2;
  }

  send(data: string): void {
    if (this.readyState !== 1) throw new Error('InvalidStateError: the socket is not open');
    this.#sent.push(data);
  }

  close(): void {
    if (this.isLive) this.readyState = 2;
  }

  /** The handshake succeeds. */
  accept(): void {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** The handshake fails: an error, and a close with code 1006, which is all that a browser is told. */
  refuse(): void {
    this.break();
  }

  /** A frame arrives: an object as its JSON, anything else as it is. */
  say(frame: object | string): void {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }

  /** A binary frame arrives. */
  sayBytes(): void {
    this.onmessage?.({ data: new Blob(['bytes']) });
  }

  /** The server is closing: the page has not been told yet. */
  beginToClose(): void {
    this.readyState = 2;
  }

  /** The server closes the connection properly. */
  hangUp(code = 1000, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason, wasClean: true });
  }

  /** The connection breaks: an error, then a close that says more. */
  break(code = 1006, reason = ''): void {
    this.readyState = 3;
    this.onerror?.({});
    this.onclose?.({ code, reason, wasClean: false });
  }
}

/** All sockets that the page has opened, in order, and the class that opens them. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  readonly WebSocket: WebSocketConstructor;

  constructor() {
    const { sockets } = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    };
  }

  /** The socket opened last. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('The page has not opened a socket.');
    return socket;
  }

  /** How many sockets are open or opening. */
  get live(): number {
    return this.sockets.filter(({ isLive }) => isLive).length;
  }

  /** Whether the last socket asked for our dialect. */
  get speaksV1(): boolean {
    return this.socket.protocols.includes(SUBPROTOCOL);
  }
}
