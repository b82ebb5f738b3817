import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { type Limits, MAX_BACKLOG_BYTES, MAX_FRAME_BYTES } from '../limits.ts';
import type { ConnectionFacts } from './events.ts';
import { FrameMeter } from './frame-meter.ts';

/** How a connection ended, as `$disconnect` is told (PARITY D1). */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

export interface ConnectionEvents {
  message(connection: Connection, body: string): void;
  /** The connection takes no more posts; its socket may still be closing. */
  leaving(connection: Connection): void;
  closed(connection: Connection, ending: Ending): void;
}

const NO_STATUS = 1005;

/** What the library closes with, by its error's code; a socket that broke has none (PARITY D2, D4). */
function closeCodeOf({ code = '' }: NodeJS.ErrnoException): number | undefined {
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' || code === 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH')
    return 1009;
  // `Z_…`: bytes that are not what permessage-deflate makes.
  if (code === 'WS_ERR_INVALID_UTF8' || code.startsWith('Z_')) return 1007;
  return code.startsWith('WS_ERR_') ? 1002 : undefined;
}

/** One client with an open socket: what it may send, how long it may stay, how it ends. */
export class Connection {
  readonly facts: ConnectionFacts;
  readonly #socket: WebSocket;
  readonly #limits: Limits;
  readonly #events: ConnectionEvents;
  #lastActiveAt = Date.now();
  #heard = 0;
  #told = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Set when the gateway, not the client, ends the connection. */
  #ending: Ending | undefined;

  constructor(
    facts: ConnectionFacts,
    socket: WebSocket,
    stream: Duplex,
    limits: Limits,
    events: ConnectionEvents,
  ) {
    this.facts = facts;
    this.#socket = socket;
    this.#limits = limits;
    this.#events = events;

    const meter = new FrameMeter(MAX_FRAME_BYTES);
    // In front of the library's own listener, so that the close carries the gateway's reason (PARITY Q2).
    stream.prependListener('data', (chunk: Buffer) => {
      if (meter.exceeds(chunk)) this.#end(1009, `Max frame length of ${MAX_FRAME_BYTES} has been exceeded.`);
    });
    socket.on('message', (data: Buffer, isBinary) => {
      if (this.#ending !== undefined) return;
      this.#lastActiveAt = Date.now();
      this.#heard++;
      if (isBinary)
        this.#end(1003, ''); // PARITY Q6
      else events.message(this, data.toString('utf8'));
    });
    // By hand, for the library would keep any number of pongs for a client that does not read (PARITY M9, Q10).
    socket.on('ping', (data: Buffer) => {
      if (socket.bufferedAmount <= MAX_BACKLOG_BYTES) socket.pong(data);
    });
    // The library closes by itself on what is not WebSocket, not UTF-8 or too long, and says so here, too.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = closeCodeOf(error);
      if (code === undefined) return;
      this.#ending ??= { code, reason: '' };
      events.leaving(this);
    });
    socket.on('close', (code, reason) => {
      clearTimeout(this.#timer);
      events.leaving(this);
      events.closed(this, this.#ending ?? clientEnding(code, reason.toString('utf8')));
    });
    this.#watch();
  }

  get lastActiveAt(): number {
    return this.#lastActiveAt;
  }

  /** How many messages have come from it. */
  get heard(): number {
    return this.#heard;
  }

  /** How many have gone to it. */
  get told(): number {
    return this.#told;
  }

  /** Whether it reads what it is sent. */
  get reads(): boolean {
    return this.#socket.bufferedAmount <= MAX_BACKLOG_BYTES / 2;
  }

  /** Whether `text` was taken; not when the client has stopped reading (PARITY M9), unless that was promised before. */
  send(text: string, promised = false): boolean {
    if (!promised && this.#socket.bufferedAmount > MAX_BACKLOG_BYTES) return false;
    this.#lastActiveAt = Date.now();
    this.#told++;
    this.#socket.send(text);
    return true;
  }

  /** The management API's DELETE (PARITY D1, M12). */
  disconnect(): void {
    this.#end(1000, '', 'Connection Closed Normally');
  }

  /** Ends it at once, without a close frame. */
  terminate(): void {
    this.#socket.terminate();
  }

  #end(code: number, reason: string, told = reason): void {
    if (this.#ending !== undefined) return;
    this.#ending = { code, reason: told };
    this.#events.leaving(this);
    this.#socket.close(code, reason);
  }

  /** Sleeps until the nearer of the two limits could have been reached, then looks again. */
  #watch(): void {
    const now = Date.now();
    const idleAt = this.#lastActiveAt + this.#limits.idleTimeoutMs;
    const endAt = this.facts.connectedAt + this.#limits.maxDurationMs;
    const next = Math.min(idleAt, endAt);
    if (next <= now) this.#end(1001, 'Going away');
    else this.#timer = setTimeout(() => this.#watch(), next - now);
  }
}

const clientEnding = (code: number, reason: string): Ending => ({
  code,
  reason: code === NO_STATUS ? 'Client-side close frame status not set' : reason,
});
