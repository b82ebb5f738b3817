import { asClock } from './as-clock.ts';

describe('asClock', () => {
  it('shows minutes and seconds, and hours where there are any', () => {
    expect([0, 999, 5000, 754_000, 3_723_000, 36_000_000].map(asClock)).toEqual([
      ...['0:00', '0:00', '0:05', '12:34', '1:02:03', '10:00:00'],
    ]);
  });

  it('knows no time before the beginning', () => {
    expect(asClock(-5000)).toBe('0:00');
  });
});
