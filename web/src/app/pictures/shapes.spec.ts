import { bars, line, median } from './shapes.ts';

describe('line', () => {
  it('goes through all values from left to right, the highest at the top and zero at the bottom', () => {
    expect(line([0, 10, 5])).toBe('M0 46L120 2L240 24');
  });

  it('is there with one value, or with none but zeros', () => {
    expect(line([7])).toBe('M0 2H240');
    expect(line([0, 0])).toBe('M0 46L240 46');
  });
});

describe('bars', () => {
  it('go up and down in one scale', () => {
    const { upPath, downPath } = bars([0, 10], [5, 0]);
    expect(upPath).toBe('M120 24h119v-22h-119z');
    expect(downPath).toBe('M0 24h119v11h-119z');
  });

  it('are low while little happens', () => {
    expect(bars([1], [0]).upPath).toBe('M0 24h239v-4.4h-239z');
  });
});

describe('median', () => {
  it('is the one in the middle', () => {
    expect([median([9, 1, 5]), median([3])]).toEqual([5, 3]);
  });
});
