import type { Finding } from './check.ts';

const WIDTHS = { row: 4, promise: 62, expected: 40, seen: 40 } as const;
const MARKS = { pass: 'pass', fail: 'FAIL', unknown: '?' } as const;

/** One line for each finding, cut to columns; what differs is told in full below. */
export function table(findings: readonly Finding[]): string {
  const lines = findings.map(({ row, promise, expected, seen, verdict }) =>
    [
      fit(row, WIDTHS.row),
      fit(promise, WIDTHS.promise),
      fit(expected, WIDTHS.expected),
      fit(seen, WIDTHS.seen),
      MARKS[verdict],
    ].join('  '),
  );
  const heading = ['row', 'promise', 'expected', 'seen']
    .map((name, index) => name.padEnd(Object.values(WIDTHS)[index] ?? 0))
    .join('  ');
  const differences = findings
    .filter(({ verdict }) => verdict === 'fail')
    .map(
      ({ row, promise, expected, seen }) =>
        `\n${row}: ${promise}\n  expected  ${expected}\n  seen      ${seen}`,
    );
  const { pass, fail, unknown } = count(findings);
  return [heading, ...lines, ...differences, `\n${pass} pass, ${fail} fail, ${unknown} unknown`].join('\n');
}

export function count(findings: readonly Finding[]): Record<Finding['verdict'], number> {
  const counted = { pass: 0, fail: 0, unknown: 0 };
  for (const { verdict } of findings) counted[verdict]++;
  return counted;
}

function fit(text: string, width: number): string {
  const line = text.replaceAll(/[\r\n]/g, ' ');
  return line.length > width ? `${line.slice(0, width - 1)}…` : line.padEnd(width);
}
