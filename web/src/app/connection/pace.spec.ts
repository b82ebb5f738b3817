import { FIRST_IN_FLIGHT, Pace } from './pace.ts';

describe('Pace', () => {
  const pair = { ours: 'A=', theirs: 'B=' };

  /** How many go, one after the other, with `open` on their way at first, and `before` over the pair before. */
  function go(pace: Pace, open = 0, over = pair, before = 0): number {
    let count = 0;
    while (
      count < 1000 &&
      pace.allows('ben', over, (pair) =>
        pair.ours === over.ours && pair.theirs === over.theirs ? open + count : before,
      )
    ) {
      pace.sent('ben');
      count++;
    }
    return count;
  }

  it('lets a few go over a pair of connections that nothing is known of', () => {
    expect(go(new Pace())).toBe(FIRST_IN_FLIGHT);
  });

  it('lets two more be on their way for each that was settled', () => {
    const pace = new Pace();
    go(pace);
    expect(go(pace, FIRST_IN_FLIGHT - 1)).toBe(3);
    const faster = new Pace();
    go(faster);
    expect(go(faster)).toBe(3 * FIRST_IN_FLIGHT);
  });

  it('begins anew when either side has another connection, and for each peer', () => {
    const pace = new Pace();
    go(pace);
    go(pace);
    expect(go(pace, 0, { ours: 'A=', theirs: 'B2=' })).toBe(FIRST_IN_FLIGHT);
    expect(go(pace, 0, { ours: 'A2=', theirs: 'B2=' })).toBe(FIRST_IN_FLIGHT);
    expect(pace.allows('cem', pair, () => FIRST_IN_FLIGHT - 1)).toBeTrue();
    expect(pace.allows('cem', pair, () => FIRST_IN_FLIGHT)).toBeFalse();
  });

  it('lets half as many go at first after connections over which nothing was settled, and twice as many after others', () => {
    const pace = new Pace();
    const after = (n: number, unsettled: number) => go(pace, 0, { ours: `A${n}=`, theirs: 'B=' }, unsettled);
    expect([after(0, 0), after(1, 8), after(2, 4), after(3, 2), after(4, 1)]).toEqual([8, 4, 2, 1, 1]);
    expect([after(5, 0), after(6, 1), after(7, 3), after(8, 7)]).toEqual([2, 4, 8, 8]);
  });
});
