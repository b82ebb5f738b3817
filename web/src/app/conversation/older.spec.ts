import { CHUNK, type Extent, oldestShown } from './older.ts';

const extent = (end: number, about: Partial<Extent> = {}): Extent => ({
  ...{ session: 's-ann', end, atEnd: true },
  ...about,
});

describe('the oldest message on the page', () => {
  it('is the first of a short conversation, and of a long one the hundredth from the end', () => {
    expect(oldestShown(extent(3), undefined)).toBe(0);
    expect(oldestShown(extent(1000), undefined)).toBe(1000 - CHUNK);
  });

  it('stays while messages come, and goes on when they have become many', () => {
    const before = { source: extent(1000), value: 900 };
    expect(oldestShown(extent(1001), before)).toBe(900);
    expect(oldestShown(extent(900 + 2 * CHUNK), before)).toBe(900);
    expect(oldestShown(extent(901 + 2 * CHUNK), before)).toBe(801 + 2 * CHUNK);
  });

  it('stays for as long as somebody reads further up', () => {
    const before = { source: extent(1000), value: 500 };
    expect(oldestShown(extent(2000, { atEnd: false }), before)).toBe(500);
    expect(oldestShown(extent(2000), before)).toBe(1900);
  });

  it('is another in another conversation', () => {
    const before = { source: extent(1000), value: 500 };
    expect(oldestShown(extent(10, { session: 's-bob', atEnd: false }), before)).toBe(0);
  });
});
