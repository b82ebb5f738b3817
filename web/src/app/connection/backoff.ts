import type { Ending } from './link.ts';

/** The shortest pause before a new attempt. */
export const SHORTEST_MS = 500;
/** The longest pause before a new attempt. */
export const LONGEST_MS = 30_000;
/** A connection that was welcome for this long counts as success; the next pause is short again. */
export const STEADY_MS = 10_000;

/** How hard it has been to connect. */
export interface Effort {
  /** The number of the attempt that comes next, counted from 1. */
  readonly attempt: number;
  /** The pause before it; Infinity until it is asked for. */
  readonly pauseMs: number;
  /** Handshakes that failed in a row: a browser is not told why, so after some of them the page says what to check. */
  readonly failedHandshakes: number;
}

/** Before anything went wrong. The first pause is up to 6 s: with less, a thousand clients would meet their own second attempts. */
export const FRESH: Effort = { attempt: 1, pauseMs: 2000, failedHandshakes: 0 };

/**
 * What to do after a connection that ended by `why` and was welcome for `livedMs`. Decorrelated jitter: each pause is
 * drawn between the shortest and three times the one before, so that many clients dropped at once come back apart.
 */
export function afterEnding(effort: Effort, why: Ending, livedMs: number, random: () => number): Effort {
  // Time alone brings no invitation: whoever does says so.
  if (why.kind === 'barred') return { ...FRESH, pauseMs: Infinity };
  const before = livedMs >= STEADY_MS || effort.pauseMs === Infinity ? FRESH : effort;
  const span = Math.min(LONGEST_MS, before.pauseMs * 3) - SHORTEST_MS;
  const failed = why.kind === 'handshake-failed' || why.kind === 'handshake-slow';
  return {
    attempt: before.attempt + 1,
    pauseMs: Math.round(SHORTEST_MS + random() * span),
    failedHandshakes: failed ? before.failedHandshakes + 1 : 0,
  };
}
