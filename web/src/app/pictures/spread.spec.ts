import { inCrowd, onCircle, type Point, type Spread } from './spread.ts';

const names = (count: number) => Array.from({ length: count }, (_, place) => `session-${place}`);
const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
/** How near the two are that stand nearest to each other. */
const nearest = ({ points }: Spread) => {
  const all = [...points.values()];
  return Math.min(...all.flatMap((one, at) => all.slice(at + 1).map((other) => apart(one, other))));
};

describe('onCircle', () => {
  it('stands sessions on the circle, as far from each other as can be', () => {
    for (const count of [0, 1, 2, 3, 7, 10]) {
      const spread = onCircle(names(count));
      expect(spread.points.size).toBe(count);
      for (const { x, y } of spread.points.values()) expect(Math.hypot(x, y)).toBeCloseTo(1);
      if (count > 1) expect(nearest(spread)).toBeCloseTo(2 * Math.sin(Math.PI / count));
    }
  });

  it('is the same in whichever order they come', () => {
    expect([...onCircle(names(9).toReversed()).points]).toEqual([...onCircle(names(9)).points]);
  });

  it('moves nobody by more than the distance between two when one more comes', () => {
    for (let count = 2; count < 10; count++) {
      const [before, after] = [onCircle(names(count)), onCircle(names(count + 1))];
      for (const [session, point] of before.points) {
        const now = after.points.get(session);
        expect(now && apart(point, now)).toBeLessThan(2 * Math.sin(Math.PI / count));
      }
    }
  });
});

describe('inCrowd', () => {
  it('stands sessions in the circle, each with room around it', () => {
    for (const count of [11, 27, 28, 64, 200]) {
      const spread = inCrowd(names(count));
      expect(spread.points.size).toBe(count);
      for (const { x, y } of spread.points.values()) expect(Math.hypot(x, y)).toBeLessThan(1);
      expect(nearest(spread)).toBeGreaterThanOrEqual(2 * spread.room);
    }
    expect(inCrowd(names(200)).room).toBeGreaterThan(0.04);
  });

  it('is the same in whichever order they come', () => {
    expect([...inCrowd(names(40).toReversed()).points]).toEqual([...inCrowd(names(40)).points]);
  });

  it('moves few when one more comes', () => {
    let moved = 0;
    for (let count = 11; count < 60; count++) {
      const after = inCrowd(names(count + 1));
      // There are more places from here on.
      if (after.room !== inCrowd(names(count)).room) continue;
      for (const [session, point] of inCrowd(names(count)).points) {
        const now = after.points.get(session);
        if (!now || apart(point, now) > 0) moved++;
      }
    }
    expect(moved).toBeLessThan(60);
  });
});
