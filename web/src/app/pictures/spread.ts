import { hashOf } from '../peers/peer-mark.ts';

/** Where something is, in the units of a circle with radius 1 around 0, 0. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where sessions stand. */
export interface Spread {
  readonly points: ReadonlyMap<string, Point>;
  /** How large the circle around each may be in which nobody else stands. */
  readonly room: number;
}

/**
 * Stands sessions on the circle at even distances, in the order of their ids, so that everyone sees the same picture. Who
 * comes or goes moves the others by less than one such distance.
 */
export function onCircle(sessions: Iterable<string>): Spread {
  const sorted = [...new Set(sessions)].sort();
  const points = sorted.map((session, place): [string, Point] => {
    const angle = (0.5 + place / sorted.length) * 2 * Math.PI;
    return [session, { x: Math.cos(angle), y: Math.sin(angle) }];
  });
  return { points: new Map(points), room: sorted.length > 1 ? Math.sin(Math.PI / sorted.length) : 1 };
}

/** How many places there are at least, and how many of them are taken at most: more would look for a free one for long. */
const LEAST_PLACES = 32;
const MOST_TAKEN = 0.85;
/** Fibonacci hashing: neighbours among numbers are far apart. */
const GOLDEN = 0x9e3779b1;
/** By which the seeds of a sunflower follow each other. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Half the distance of the two seeds that are nearest to each other, times the root of how many there are. */
const SEED_ROOM = 0.75;

/**
 * Stands many sessions in the circle as the seeds of a sunflower stand. Each has a place that its id asks for, and another
 * free one where that is taken, so that who comes or goes hardly moves the others.
 */
export function inCrowd(sessions: Iterable<string>): Spread {
  const sorted = [...new Set(sessions)].sort();
  let count = LEAST_PLACES;
  while (sorted.length > count * MOST_TAKEN) count *= 2;
  // An odd step comes by every one of the places, which are a power of two.
  const step = Math.ceil(count * 0.38) | 1;
  const taken = new Set<number>();
  const points = sorted.map((session): [string, Point] => {
    let place = Math.floor(((Math.imul(hashOf(session), GOLDEN) >>> 0) / 2 ** 32) * count);
    while (taken.has(place)) place = (place + step) % count;
    taken.add(place);
    const [angle, far] = [place * GOLDEN_ANGLE, Math.sqrt((place + 0.5) / count)];
    return [session, { x: Math.cos(angle) * far, y: Math.sin(angle) * far }];
  });
  return { points: new Map(points), room: SEED_ROOM / Math.sqrt(count) };
}
