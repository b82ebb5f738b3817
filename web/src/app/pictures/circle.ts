import { hashOf } from '../peers/peer-mark.ts';

/** Where something is, in the units of a circle with radius 1 around 0, 0. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const LEAST_PLACES = 32;
/** Fibonacci hashing: neighbours among numbers are far apart on the circle. */
const GOLDEN = 0x9e3779b1;

/**
 * Places on a circle for sessions: each has one that its id asks for, and the next free one where that is taken. So peers
 * that come and go hardly move the others, and everyone sees the same picture.
 */
export function placesFor(sessions: Iterable<string>): ReadonlyMap<string, Point> {
  const sorted = [...new Set(sessions)].sort();
  const count = Math.max(LEAST_PLACES, 2 ** Math.ceil(Math.log2(sorted.length * 2 || 1)));
  const taken = new Set<number>();
  return new Map(
    sorted.map((session) => {
      let place = Math.floor(((Math.imul(hashOf(session), GOLDEN) >>> 0) / 2 ** 32) * count);
      while (taken.has(place)) place = (place + 1) % count;
      taken.add(place);
      const angle = (place / count) * 2 * Math.PI;
      return [session, { x: Math.cos(angle), y: Math.sin(angle) }];
    }),
  );
}
