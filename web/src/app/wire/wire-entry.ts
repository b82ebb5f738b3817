import type { ClientFrame, ServerFrame } from '#protocol';

/**
 * What a row of the wire log is about: a frame by its `type`, or one that has none. `gateway` is API Gateway's own
 * [P41], `plain` is of the plain dialect, `malformed` breaks the contract [P5], `open` and `close` are the socket's.
 */
export type WireKind =
  ClientFrame['type'] | ServerFrame['type'] | 'gateway' | 'plain' | 'malformed' | 'binary' | 'open' | 'close';

/** One frame as it went over a socket, or what happened to the socket. */
export interface WireEntry {
  /** Counts up from 0 over all seats. */
  readonly key: number;
  /** Which of the window's peers. */
  readonly seat: string;
  /** Which of the window's sockets, counted from 0. */
  readonly socket: number;
  /** Milliseconds since the epoch, with a fraction. */
  readonly at: number;
  readonly direction: 'out' | 'in' | 'event';
  readonly kind: WireKind;
  /** UTF-8 bytes of the frame as it went over the wire. */
  readonly bytes: number;
  /** The place of the frame among those that went the same way over its socket, from 1. */
  readonly frame?: number;
  /** The frame, without the secrets that were in it; what a socket was opened with; the reason of a close. */
  readonly text: string;
  /** Whether something was taken out of `text`. */
  readonly redacted?: boolean;
  /** The session on the other side, or its connectionId while its session is not known. */
  readonly peer?: string;
  /** The id of the message that this is, or is about; of a receipt's the first. */
  readonly messageId?: string;
  /** Milliseconds from a frame to its answer, on both once there is one; of `open`, how long the handshake took. */
  readonly roundTripMs?: number;
  /** Of a close. */
  readonly code?: number;
  /** Of a close: whether this page asked for it. */
  readonly ours?: boolean;
}

/** A socket that the window has opened. */
export interface WireSocket {
  readonly seat: string;
  /** Without the secrets that were in it. */
  readonly url: string;
  /** The subprotocols offered, without secrets. */
  readonly protocols: readonly string[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Its address, once a `welcome` has told it. */
  readonly connectionId?: string;
}
