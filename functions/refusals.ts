import type { Dialect, Malformed, RefusalCode, Refused } from '#protocol';
import type { Outcome } from './delivery.ts';
import type { Count } from './metrics.ts';

/** What the sender of a frame is told when it was not done: `id` is added where the frame had one [P40]. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly about?: 'receiver';
  readonly reason: string;
}

export const NOT_MEMBER: Refusal = {
  code: 'not-member',
  reason: 'this connection is not listed in a room, or no more: open a new one',
};

export const NOT_INVITED: Refusal = {
  code: 'not-member',
  about: 'receiver',
  reason: 'the receiver is in a room for members, and this connection is in another',
};

export const TOO_FAST: Refusal = { code: 'throttled', reason: 'this connection sends too many frames' };

export const GONE: Refusal = { code: 'gone', reason: 'no connection has that id, or it has closed' };

const BY_OUTCOME: Readonly<Record<Exclude<Outcome, 'sent' | 'forbidden'>, Refusal>> = {
  gone: GONE,
  'too-large': { code: 'too-large', reason: 'the message does not fit into one frame at its receiver' },
  throttled: { code: 'throttled', reason: 'too much is being sent, or the receiver reads too slowly' },
  timeout: { code: 'timeout', reason: 'the receiver was not reached in time; the message may have arrived' },
};

/** Why a message was not done, or undefined when it was. */
export function refusalFor(outcome: Outcome): Refusal | undefined {
  if (outcome === 'sent') return undefined;
  // Nobody's message is wrong: the function has no permission, or the wrong endpoint.
  if (outcome === 'forbidden') throw new Error('API Gateway forbids this function to post');
  return BY_OUTCOME[outcome];
}

export const invalid = ({ reason }: Malformed): Refusal => ({ code: 'invalid', reason });

export const roomFull = (limit: number): Refusal => ({
  code: 'room-full',
  reason: `the room is full: it lists at most ${limit} connections`,
});

export const failed = (requestId: string): Refusal => ({
  code: 'failed',
  reason: `the function failed; its log says why under request ${requestId}`,
});

/** A refusal as the frame that a client of the dialect understands [P32] [P40]. */
function refusalText(dialect: Dialect, refusal: Refusal, id?: string): string {
  if (dialect === 'plain') return `ERROR: ${refusal.reason}`;
  const frame: Refused = { type: 'refused', ...(id !== undefined && { id }), ...refusal };
  return JSON.stringify(frame);
}

/** The same, counted by its code. */
export function refuse(
  { count }: { readonly count: Count },
  dialect: Dialect,
  refusal: Refusal,
  id?: string,
): string {
  count('Refused', { code: refusal.code });
  return refusalText(dialect, refusal, id);
}
