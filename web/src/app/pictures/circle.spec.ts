import { placesFor } from './circle.ts';

const names = (count: number) => Array.from({ length: count }, (_, place) => `session-${place}`);

describe('placesFor', () => {
  it('puts every session on the circle, each at a place of its own', () => {
    for (const count of [0, 1, 2, 12, 64]) {
      const places = placesFor(names(count));
      expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
      for (const { x, y } of places.values()) expect(Math.hypot(x, y)).toBeCloseTo(1);
    }
  });

  it('is the same in whichever order they come', () => {
    const sessions = names(9);
    expect([...placesFor(sessions.toReversed())]).toEqual([...placesFor(sessions)]);
  });

  it('moves few when one more comes', () => {
    let moved = 0;
    for (let count = 1; count < 32; count++) {
      // There are more places from here on.
      if ([4, 8, 16].includes(count)) continue;
      const after = placesFor(names(count + 1));
      for (const [session, { x, y }] of placesFor(names(count))) {
        const now = after.get(session);
        if (now?.x !== x || now.y !== y) moved++;
      }
    }
    expect(moved).toBeLessThan(20);
  });
});
