import type { Event } from './reducer.ts';

/** What one can know of a connection's age: API Gateway ends a connection that is idle, and one that is old. */
export interface Life {
  /** When it was opened, in milliseconds since the epoch. */
  readonly openedAt: number;
  /** When a frame passed over it last, either way: both put the idle limit off (PARITY Q9). */
  readonly trafficAt: number;
  /** Its connectionId, once it is welcome. */
  readonly connectionId?: string;
  /** Since when there is a successor that is not welcome yet. */
  readonly successorAt?: number;
}

/** How old a connection became, and for how long nothing had passed over it, in milliseconds. */
export interface Lived {
  readonly ageMs: number;
  readonly idleMs: number;
}

/** What is known of the connection after an event. */
export function living(life: Life | undefined, event: Event, now: number): Life | undefined {
  switch (event.type) {
    case 'opened':
      return life ? { ...life, successorAt: now } : { openedAt: now, trafficAt: now };
    case 'frame': {
      if (!life) return undefined;
      if (event.frame.type !== 'welcome' || event.frame.connectionId === life.connectionId) {
        return { ...life, trafficAt: now };
      }
      const { connectionId } = event.frame;
      return { openedAt: life.successorAt ?? life.openedAt, trafficAt: now, connectionId };
    }
    case 'pinged':
    case 'transmitted':
    case 'receipted':
      return life && { ...life, trafficAt: now };
    case 'connecting':
    case 'waiting':
    case 'disconnected':
      return undefined;
    default:
      return life;
  }
}

/** What there is to say of a connection that ended. */
export const lived = (life: Life | undefined, now: number): Lived | undefined =>
  life && { ageMs: now - life.openedAt, idleMs: now - life.trafficAt };
