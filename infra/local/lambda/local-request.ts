import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Readable, Writable } from 'node:stream';

/** Where a request on its way out of a function goes: to a port of this machine. */
export interface Target {
  readonly port: number;
  readonly method: string;
  readonly path: string;
}
/** A request on its way out of a function, without HTTP. */
export interface OutgoingRequest extends Target {
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}
/** A call to `@connections` as it goes from thread to thread. */
export interface LocalCall extends Target {
  readonly authorization: string | undefined;
  readonly body: string;
}
export interface LocalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes a request to whoever answers it; rejects where a socket would break. */
export type Send = (request: OutgoingRequest) => Promise<LocalAnswer>;
type Listener = (response: IncomingMessage) => void;

/**
 * Stands in for `http.ClientRequest` towards what an SDK's HTTP handler does with one: the events `socket`, `response`,
 * `error` and `close`, headers, time-outs, and `destroy`. What it saves is the HTTP on both sides, not the signature,
 * and what comes back is what the HTTP server would have answered.
 */
export class LocalRequest extends Writable {
  readonly #target: Target;
  readonly #headers = new Map<string, string>();
  readonly #send: Send;
  readonly #chunks: Uint8Array[] = [];
  #timeout: NodeJS.Timeout | undefined;

  constructor(target: Target, headers: OutgoingHttpHeaders, send: Send, listener: Listener | undefined) {
    // It has been sent when it is written, and is over when it has been answered.
    super({ autoDestroy: false });
    this.#target = target;
    this.#send = send;
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) this.setHeader(name, value);
    if (listener !== undefined) this.once('response', listener);
    // A connection that is there at once: SDK clients end their connection time-out by it.
    process.nextTick(() => this.emit('socket', SOCKET));
  }

  setHeader(name: string, value: number | string | readonly string[]): this {
    this.#headers.set(name.toLowerCase(), String(value));
    return this;
  }
  getHeader(name: string): string | undefined {
    return this.#headers.get(name.toLowerCase());
  }
  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }
  setNoDelay(): void {
    // There is no socket to set it on.
  }
  setSocketKeepAlive(): void {
    // Nor to keep.
  }
  setTimeout(ms: number, onTimeout?: () => void): this {
    clearTimeout(this.#timeout);
    if (onTimeout !== undefined) this.once('timeout', onTimeout);
    if (ms > 0) this.#timeout = setTimeout(() => this.emit('timeout'), ms);
    return this;
  }
  abort(): void {
    this.destroy();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, written: () => void): void {
    this.#chunks.push(chunk);
    written();
  }

  override _final(finished: () => void): void {
    const request = {
      ...this.#target,
      headers: this.#headers,
      // As text: a small Buffer is a view of a pool of 8 KB, all of which would be copied from thread to thread.
      body: Buffer.concat(this.#chunks).toString('utf8'),
    };
    this.#send(request).then(
      (answer) => {
        clearTimeout(this.#timeout);
        if (!this.destroyed) this.emit('response', new LocalResponse(answer));
        this.destroy();
      },
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    finished();
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    clearTimeout(this.#timeout);
    destroyed(error);
  }
}

/** Stands in for `http.IncomingMessage`. */
class LocalResponse extends Readable {
  readonly statusCode: number;
  readonly statusMessage = '';
  readonly headers: Readonly<Record<string, string>>;
  readonly httpVersion = '1.1';
  readonly complete = true;

  constructor({ status, headers, body }: LocalAnswer) {
    super({ read: () => undefined });
    this.statusCode = status;
    // As Node.js reads them.
    this.headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    if (body !== '') this.push(body);
    this.push(null);
  }
}

const SOCKET = {
  connecting: false,
  setKeepAlive: () => undefined,
  setTimeout: () => undefined,
  on: () => undefined,
};
