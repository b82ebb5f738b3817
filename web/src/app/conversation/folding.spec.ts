import { folded } from './folding.ts';

const lines = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}`).join('\n');

describe('folding', () => {
  it('leaves alone what is not long, and what would save next to nothing', () => {
    for (const text of ['', 'a', lines(24), lines(30), 'a'.repeat(1200), 'a'.repeat(1500)])
      expect(folded(text)).toBe(text);
  });

  it('shows 24 lines of many', () => {
    expect(folded(lines(60))).toBe(lines(24));
  });

  it('shows 1,200 characters of a long line, and cuts none of them in two', () => {
    expect(folded('w'.repeat(3000))).toBe('w'.repeat(1200));
    expect(folded('👩‍👩‍👧‍👦'.repeat(2000))).toBe('👩‍👩‍👧‍👦'.repeat(1200));
  });

  it('ends between words where it can', () => {
    const words = folded('some words '.repeat(300));
    expect(words).toMatch(/(some|words)$/);
    expect(words.length).toBeGreaterThan(1150);
  });
});
