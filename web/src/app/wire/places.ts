import type { WireEntry } from './wire-entry.ts';

/** The place of the first row whose key is at least `key`; the number of rows when there is none. */
export function placeOf(rows: readonly WireEntry[], key: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.key ?? Infinity) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
