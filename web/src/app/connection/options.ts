import type { SchedulerLike } from 'rxjs';
import { RESUME_WINDOW_MS } from '#protocol';
import type { Memory } from './memory.ts';
import type { Pass } from './pass.ts';
import type { WebSocketConstructor } from './socket.ts';

/** What holds unless told, in milliseconds: API Gateway's limits, which cannot be raised, and the functions' own [P15]. */
export const LIMITS = {
  maxDurationMs: 2 * 60 * 60_000,
  idleTimeoutMs: 10 * 60_000,
  resumeWindowMs: RESUME_WINDOW_MS,
} as const;

export interface ClientOptions {
  /** The WebSocket URL of the stage, without a query. */
  readonly url: string;
  readonly room: string;
  readonly name?: string;
  /** What to bring to a handshake [P27] [P28], asked anew before each; nothing unless given. */
  readonly pass?: (() => Promise<Pass>) | undefined;
  readonly WebSocket: WebSocketConstructor;
  readonly scheduler?: SchedulerLike;
  /** From 0 up to 1, like `Math.random`. */
  readonly random?: () => number;
  /** What the next client of this tab goes on with; without it every client begins anew. */
  readonly memory?: Memory | undefined;
  /** How long the server keeps a connection, in milliseconds; API Gateway's 2 hours unless told. */
  readonly maxDurationMs?: number | undefined;
  /** How long the server keeps an idle connection, in milliseconds; API Gateway's 10 minutes unless told. */
  readonly idleTimeoutMs?: number | undefined;
  /** How long the server keeps a session that was lost, in milliseconds; 5 minutes unless told. */
  readonly resumeWindowMs?: number | undefined;
}

/** What became of a text: `sent` went over the wire, `queued` will, and nothing of the rest. */
export type Outcome = 'sent' | 'queued' | 'gone' | 'too-large' | 'empty' | 'full';
