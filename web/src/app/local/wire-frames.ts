import type { WireEntry } from '../wire/wire-entry.ts';
import type { WireLog } from '../wire/wire-log.ts';
import type { Sent } from './hop-events.ts';
import type { Arrival } from './hops.ts';
import type { Journey, Journeys } from './journeys.ts';

/** How far back in the log a frame is looked for, and how much earlier than the runner saw it. */
const MOST_LOOKED_AT = 5000;
const EARLIER_MS = 2000;

/** Frames that keep a conversation going, and that nobody has asked for. */
const UPKEEP = new Set(['receipt', 'ping', 'pong']);

/** The newest frame that somebody has asked for, or would have: the last of those there are. */
export function newestFrame(entries: readonly WireEntry[]): WireEntry | undefined {
  const from = Math.max(0, entries.length - MOST_LOOKED_AT);
  for (let place = entries.length - 1; place >= from; place--) {
    const entry = entries[place];
    if (entry && entry.direction !== 'event' && !UPKEEP.has(entry.kind)) return entry;
  }
  return undefined;
}

/** Puts the rows of the wire log beside what the runner tells: by the connection, and the place of a frame among its. */
export class WireFrames {
  readonly #log: WireLog;

  constructor(log: WireLog) {
    this.#log = log;
  }

  /** What the runner has told of the request that this frame began, or was sent on account of. */
  journeyOf({ direction, frame, socket }: WireEntry, journeys: Journeys): Journey | undefined {
    const connectionId = this.#log.sockets.get(socket)?.connectionId;
    if (direction === 'event' || frame === undefined || connectionId === undefined) return undefined;
    return journeys.find(direction, connectionId, frame);
  }

  /** The row of the frame that began it, when it was of this window. */
  departureOf({ received: { connectionId, frame, at } }: Journey): WireEntry | undefined {
    return this.#find('out', connectionId, frame, at);
  }

  /** What was sent on account of it, with the rows of what came to this window. */
  arrivalsOf({ sent }: Journey): readonly Arrival[] {
    return sent.map((one) => {
      const row = this.#rowOf(one);
      return { sent: one, ...(row && { row }) };
    });
  }

  #rowOf({ connectionId, frame, at }: Sent): WireEntry | undefined {
    return this.#find('in', connectionId, frame, at);
  }

  #find(direction: 'out' | 'in', connectionId: string, frame: number, at: number): WireEntry | undefined {
    const { entries, sockets } = this.#log;
    const from = Math.max(0, entries.length - MOST_LOOKED_AT);
    for (let place = entries.length - 1; place >= from; place--) {
      const entry = entries[place];
      if (!entry || entry.at < at - EARLIER_MS) break;
      if (entry.direction !== direction || entry.frame !== frame) continue;
      if (sockets.get(entry.socket)?.connectionId === connectionId) return entry;
    }
    return undefined;
  }
}
