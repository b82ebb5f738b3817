import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costTable } from './cost-table.ts';
import { office } from './crowd.ts';
import { month } from './month.ts';
import { peak } from './peak.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

const usd = (people: number, position: string): number =>
  month(office(people)).find(({ what }) => what === position)?.usd ?? NaN;

describe('what a month costs', () => {
  it('is what the README says', () => {
    expect(README).toContain(costTable());
  });

  it('is list price times use', () => {
    // 1,000 people × 22 days × 8 hours × 60 minutes, at $0.25 a million; 22,000 × 50 messages, in and out, at $1 a million.
    expect(usd(1000, 'connections')).toBeCloseTo(2.64, 2);
    expect(usd(1000, 'messages')).toBeCloseTo(2.2, 2);
  });

  it('is cheaper for frames beyond the first billion of a month', () => {
    expect(usd(100_000, 'messages')).toBeLessThan(100 * usd(1000, 'messages'));
  });

  it('names what is nearest to its quota first', () => {
    const shares = peak(office(100_000)).map((load) => load.peak / load.quota);
    expect(shares).toEqual(shares.toSorted((one, other) => other - one));
    expect(shares).toHaveSize(4);
  });
});
