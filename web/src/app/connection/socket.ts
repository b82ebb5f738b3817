import { Observable } from 'rxjs';
import { webSocket, type WebSocketSubjectConfig } from 'rxjs/webSocket';
import {
  type ClientFrame,
  type GatewayTrouble,
  type Malformed,
  parseServerFrame,
  type ServerFrame,
  SUBPROTOCOL,
} from '#protocol';
import { encode } from './outgoing.ts';

/** What is used of a WebSocket: the browser's, Node's and that of `ws` all fit. */
export interface WebSocketLike {
  readonly readyState: number;
  /** How many bytes were sent and are not on the wire yet. */
  readonly bufferedAmount: number;
  onopen: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}
export type WebSocketConstructor = new (url: string, protocols?: string | string[]) => WebSocketLike;

/** Whatever arrived: a frame, API Gateway's own trouble, or a text that breaks the contract, described [P5]. */
export type Arrival = ServerFrame | GatewayTrouble | Malformed;

/** Puts a frame on the wire; false when the socket is not open (any more), and then nothing was sent. */
export type Send = (frame: ClientFrame) => boolean;

/** The way out of an open socket. */
export interface Wire {
  readonly send: Send;
  /** How many bytes wait in the socket. */
  buffered(): number;
}

export type SocketEvent =
  | { readonly type: 'opened'; readonly wire: Wire }
  | { readonly type: 'frame'; readonly frame: Arrival }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string; readonly wasClean: boolean };

const OPEN = 1;

/**
 * One socket from opening to close. It never errors: it ends with `closed` and completes, however it went.
 * Unsubscribing closes the socket, and nothing is heard of it afterwards. `offers` are subprotocols beside ours.
 */
export function openSocket(
  url: string,
  WebSocket: WebSocketConstructor,
  offers: readonly string[] = [],
): Observable<SocketEvent> {
  return new Observable<SocketEvent>((out) => {
    let socket: WebSocketLike | undefined;
    const hold = (held: WebSocketLike) => (socket = held);
    class Held extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols);
        hold(this);
      }
    }
    const closed = (code: number, reason: string, wasClean: boolean) => {
      out.next({ type: 'closed', code, reason, wasClean });
      out.complete();
    };

    const subject = webSocket<ClientFrame | Arrival>({
      url,
      protocol: [SUBPROTOCOL, ...offers],
      // RxJS asks for the DOM's class and uses no more of it than WebSocketLike names.
      WebSocketCtor: Held as NonNullable<WebSocketSubjectConfig<unknown>['WebSocketCtor']>,
      serializer: (frame) => encode(frame as ClientFrame),
      // Total: an exception here would end the stream, and one bad frame must not.
      deserializer: ({ data }: { readonly data: unknown }) => read(data),
      openObserver: { next: () => out.next({ type: 'opened', wire }) },
      closeObserver: { next: ({ code, reason, wasClean }) => closed(code, reason, wasClean) },
    });
    // Before the socket is open a subject would keep values and flush them ahead of the hello; afterwards it drops
    // them. So this is handed out with `opened`, and says so when it is too late.
    const send: Send = (frame) => {
      if (socket?.readyState !== OPEN) return false;
      subject.next(frame);
      return true;
    };

    const wire: Wire = { send, buffered: () => socket?.bufferedAmount ?? 0 };

    return subject.subscribe({
      next: (frame) => out.next({ type: 'frame', frame: frame as Arrival }),
      error: (error: unknown) => {
        // An error of an existing socket is followed by its close event, which says more. Without a socket the
        // constructor itself has thrown: a URL that cannot be, or one that the page's security forbids.
        if (!socket) closed(1006, error instanceof Error ? error.message : '', false);
      },
    });
  });
}

function read(data: unknown): Arrival {
  return typeof data === 'string'
    ? parseServerFrame(data)
    : { type: 'malformed', reason: 'the frame is not text' };
}
