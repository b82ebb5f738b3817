import { randomFillSync } from 'node:crypto';

/** This many random bytes are fetched at a time: two cost the system as much as a thousand. */
const pool = new Uint8Array(4096);
let used = pool.length;

/** Random bytes for an id: up to 4,096, to be read at once. */
export function randomPart(length: number): Uint8Array {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += length;
  return pool.subarray(used - length, used);
}
