import { inject, type Provider } from '@angular/core';
import { byteLength } from '#protocol';
import type { WebSocketConstructor, WebSocketLike } from '../connection/socket.ts';
import { WEB_SOCKET } from '../connection/tokens.ts';
import { readIncoming, readOutgoing } from './reading.ts';
import { WireLog } from './wire-log.ts';

type Handler<E> = ((event: E) => void) | null;

const OPEN = 1;

/** For the providers of a seat: what its sockets say and hear is written down under its name. */
export const tapFor = (seat: string): Provider => ({
  provide: WEB_SOCKET,
  useFactory: () => tapped(inject(WEB_SOCKET, { skipSelf: true }), inject(WireLog), seat),
});

/** A class of sockets as `WebSocket`, of which `log` hears everything. */
export function tapped(WebSocket: WebSocketConstructor, log: WireLog, seat: string): WebSocketConstructor {
  return class implements WebSocketLike {
    readonly #socket: WebSocketLike;
    readonly #number: number;
    #isOurs = false;
    #sent = 0;
    #heard = 0;
    onopen: Handler<object> = null;
    onerror: Handler<object> = null;
    onclose: Handler<{ readonly code: number; readonly reason: string }> = null;
    onmessage: Handler<{ readonly data: unknown }> = null;

    constructor(url: string, protocols?: string | string[]) {
      this.#socket = new WebSocket(url, protocols);
      this.#number = log.opening(seat, url, [protocols ?? []].flat());
      this.#socket.onopen = (event: object) => {
        log.opened(this.#number, (text) => this.#sendNow(text));
        this.onopen?.(event);
      };
      this.#socket.onmessage = (event: { readonly data: unknown }) => {
        this.#hear(event.data);
        this.onmessage?.(event);
      };
      this.#socket.onerror = (event: object) => this.onerror?.(event);
      this.#socket.onclose = (event: { readonly code: number; readonly reason: string }) => {
        log.closed(this.#number, event.code, event.reason, this.#isOurs);
        this.onclose?.(event);
      };
    }

    get readyState(): number {
      return this.#socket.readyState;
    }

    get bufferedAmount(): number {
      return this.#socket.bufferedAmount;
    }

    send(text: string): void {
      // First the socket: it throws when it is not open, and then nothing was sent.
      this.#socket.send(text);
      const bytes = byteLength(text);
      const frame = ++this.#sent;
      log.record({
        ...{ socket: this.#number, direction: 'out', reading: readOutgoing(text) },
        ...{ frame, text, bytes },
      });
    }

    close(code?: number, reason?: string): void {
      this.#isOurs ||= this.#socket.readyState <= OPEN;
      this.#socket.close(code, reason);
    }

    #sendNow(text: string): boolean {
      if (this.#socket.readyState !== OPEN) return false;
      this.send(text);
      return true;
    }

    #hear(data: unknown): void {
      const about = { socket: this.#number, direction: 'in', frame: ++this.#heard } as const;
      if (typeof data === 'string')
        log.record({ ...about, reading: readIncoming(data), text: data, bytes: byteLength(data) });
      else log.record({ ...about, reading: { kind: 'binary' }, text: '', bytes: sizeOf(data) });
    }
  };
}

function sizeOf(data: unknown): number {
  if (data instanceof Blob) return data.size;
  return data instanceof ArrayBuffer ? data.byteLength : 0;
}
