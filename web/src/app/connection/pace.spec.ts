import { FIRST_IN_FLIGHT, Pace } from './pace.ts';

describe('Pace', () => {
  const pair = { ours: 'A=', theirs: 'B=' };

  /** How many go, one after the other, with `open` on their way at first. */
  function go(pace: Pace, open = 0, over = pair): number {
    let count = 0;
    while (count < 1000 && pace.allows('ben', over, open + count)) {
      pace.sent('ben', over);
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
    expect(pace.allows('cem', pair, FIRST_IN_FLIGHT - 1)).toBeTrue();
    expect(pace.allows('cem', pair, FIRST_IN_FLIGHT)).toBeFalse();
  });
});
