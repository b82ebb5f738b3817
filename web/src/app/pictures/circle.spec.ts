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

  it('hardly moves anybody when one more comes', () => {
    for (let count = 1; count < 12; count++) {
      const before = placesFor(names(count));
      const after = placesFor(names(count + 1));
      const moved = [...before].filter(([session, { x }]) => after.get(session)?.x !== x);
      expect(moved.length).toBeLessThanOrEqual(1);
    }
  });
});
