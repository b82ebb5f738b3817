/** Size of the small pictures, in units of their own. */
export const WIDTH = 240;
export const HEIGHT = 48;
/** Above and below nothing is drawn, so that a thick line is not cut. */
const EDGE = 2;
/** A single message is no more than a fifth of the picture. */
const LEAST_MOST = 5;

/** A line through `values`, the newest at the right; their zero is at the bottom. */
export function line(values: readonly number[]): string {
  const most = Math.max(...values) || 1;
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map((value, place) => {
    const y = HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE);
    return `${round(place * step)} ${round(y)}`;
  });
  // One value alone is a line all the same.
  return points.length === 1 ? `M0 ${EDGE}H${WIDTH}` : `M${points.join('L')}`;
}

/** Bars up for one list of counts, and down for another, in one scale. */
export function bars(
  up: readonly number[],
  down: readonly number[],
): { readonly upPath: string; readonly downPath: string } {
  const most = Math.max(LEAST_MOST, ...up, ...down);
  const half = HEIGHT / 2;
  const width = WIDTH / up.length;
  const path = (counts: readonly number[], sign: 1 | -1) =>
    counts
      .map((count, place) => {
        if (count === 0) return '';
        const height = round(sign * (count / most) * (half - EDGE));
        return `M${round(place * width)} ${half}h${round(width - 1)}v${height}h${round(1 - width)}z`;
      })
      .join('');
  return { upPath: path(up, -1), downPath: path(down, 1) };
}

/** The one in the middle of `values`, of which there is one at least. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const round = (value: number): number => Math.round(value * 100) / 100;
