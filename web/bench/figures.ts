/** One figure, and the limit that it must keep. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: { readonly atMost: number } | { readonly atLeast: number };
}

/** Whether a figure keeps its limit; one without a limit does. */
export function keeps({ value, limit }: Figure): boolean {
  if (!limit) return true;
  return 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
}

/** One line for people. */
export function lineOf(figure: Figure): string {
  const { name, value, unit, limit } = figure;
  const shown = value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
  const wanted = !limit ? '' : 'atMost' in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`;
  const verdict = !limit ? '' : keeps(figure) ? 'kept' : 'MISSED';
  return `${name.padEnd(62)}${shown.padStart(9)} ${unit.padEnd(8)}${wanted.padEnd(16)}${verdict}`.trimEnd();
}
