import { PING_INTERVAL_MS } from '#protocol';
import { type Action, CONNECT, hello, MESSAGE, ping } from './actions.ts';
import type { Crowd } from './crowd.ts';
import { durationMs } from './month.ts';
import { QUOTAS } from '../quotas.ts';

/** How near a crowd's busiest minute comes to a quota. */
export interface Load {
  readonly what: string;
  readonly peak: number;
  readonly quota: number;
}

/** The busiest hour has this many times the average of messages. Assumed. */
const BUSY = 3;

/** The loads of the busiest minute, when the last of all arrive and the others talk; the one nearest its quota first. */
export function peak(crowd: Crowd): readonly Load[] {
  const { people, room, hoursADay, messagesADay, arrivalMinutes } = crowd;
  const arrivals = people / (arrivalMinutes * 60);
  const rates: readonly (readonly [Action, number])[] = [
    [CONNECT, arrivals],
    [hello(room), arrivals],
    [ping(room), (people * 1000) / PING_INTERVAL_MS],
    // A message and its receipt.
    [MESSAGE, (2 * BUSY * people * messagesADay) / (hoursADay * 3600)],
  ];
  const sum = (of: (action: Action) => number): number =>
    rates.reduce((total, [action, rate]) => total + of(action) * rate, 0);
  const loads: readonly Load[] = [
    {
      what: 'new connections a second',
      peak: arrivals,
      quota: QUOTAS.newConnections,
    },
    {
      what: 'requests a second',
      // Each invocation of a route is one, and each post.
      peak: sum(({ posts }) => 1 + posts),
      quota: QUOTAS.requests.rate,
    },
    {
      what: 'functions at once',
      peak: sum((action) => durationMs(action) / 1000),
      quota: QUOTAS.concurrency,
    },
    {
      what: 'writes a second in one room',
      peak: (CONNECT.writes + hello(room).writes) * (room / (arrivalMinutes * 60)),
      quota: QUOTAS.partitionWrites,
    },
  ];
  return loads.toSorted((one, other) => other.peak / other.quota - one.peak / one.quota);
}
