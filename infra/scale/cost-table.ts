import { office } from './crowd.ts';
import { month } from './month.ts';
import { peak } from './peak.ts';
import prices from './prices.json' with { type: 'json' };

/** The crowds that the README tells of. */
const CROWDS = [100, 1_000, 100_000];

const count = new Intl.NumberFormat('en');
const dollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The README's table in Markdown: what a month costs, and what gives first. */
export function costTable(): string {
  const crowds = CROWDS.map(office);
  const months = crowds.map(month);
  const loads = crowds.map(peak);
  const head = [
    `a month, ${prices.region}, prices of ${prices.asOf}`,
    ...CROWDS.map((people) => `${count.format(people)} people`),
  ];
  const positions = months[0]?.map(({ what }) => what) ?? [];
  return [
    row(head),
    row(head.map((_, column) => (column === 0 ? '---' : '---:'))),
    ...positions.map((what, place) =>
      row([what, ...months.map((of) => dollars.format(of[place]?.usd ?? 0))]),
    ),
    row(['**together**', ...months.map((of) => `**${dollars.format(total(of))}**`)]),
    row(['nearest to its quota at the busiest', ...loads.map(([first]) => share(first))]),
  ].join('\n');
}

const total = (positions: ReturnType<typeof month>): number =>
  positions.reduce((sum, { usd }) => sum + usd, 0);

function share(load: ReturnType<typeof peak>[number] | undefined): string {
  if (!load) return '';
  const { what, peak: rate, quota } = load;
  return `${what}: ${count.format(Number(rate.toPrecision(2)))} of ${count.format(quota)}`;
}
