import { hashOf } from '../peers/peer-mark.ts';

/** Where something is, in the units of a circle with radius 1 around 0, 0. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How many places there are at least, and how many of them are taken at most: more would crowd together. */
const LEAST_PLACES = 6;
const MOST_TAKEN = 2 / 3;
/** Fibonacci hashing: neighbours among numbers are far apart on the circle. */
const GOLDEN = 0x9e3779b1;

/**
 * Places on a circle for sessions: each has one that its id asks for, and another free one where that is taken. So peers
 * that come and go hardly move the others, and everyone sees the same picture.
 */
export function placesFor(sessions: Iterable<string>): ReadonlyMap<string, Point> {
  const sorted = [...new Set(sessions)].sort();
  let count = LEAST_PLACES;
  while (sorted.length > count * MOST_TAKEN) count *= 2;
  const step = farStep(count);
  const taken = new Set<number>();
  return new Map(
    sorted.map((session) => {
      let place = Math.floor(((Math.imul(hashOf(session), GOLDEN) >>> 0) / 2 ** 32) * count);
      while (taken.has(place)) place = (place + step) % count;
      taken.add(place);
      const angle = (place / count) * 2 * Math.PI;
      return [session, { x: Math.cos(angle), y: Math.sin(angle) }];
    }),
  );
}

/** A step that comes by every one of `count` places, which is 6 doubled so often, and leads far away. */
function farStep(count: number): number {
  let step = Math.ceil(count * 0.38);
  while (step % 2 === 0 || step % 3 === 0) step++;
  return step;
}
