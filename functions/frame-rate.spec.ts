import { FrameRate } from './frame-rate.ts';

describe('FrameRate [P26]', () => {
  const clock = { now: 0 };
  let frames: FrameRate;
  beforeEach(() => {
    clock.now = 0;
    frames = new FrameRate({ rate: 10, burst: 3 }, () => clock.now);
  });
  const taken = (connectionId: string, times: number) =>
    Array.from({ length: times }, () => frames.take(connectionId)).filter(Boolean).length;

  it('lets through what comes at once, up to the burst', () => {
    expect(taken('A=', 5)).toBe(3);
  });

  it('lets through as many more as time has passed for, and never more than the burst', () => {
    taken('A=', 3);
    clock.now += 100;
    expect(taken('A=', 5)).toBe(1);
    clock.now += 60_000;
    expect(taken('A=', 5)).toBe(3);
  });

  it('lets nobody use up what another has', () => {
    taken('A=', 5);
    expect(taken('B=', 5)).toBe(3);
  });

  it('remembers 2,000 connections and forgets the one that came first', () => {
    taken('first', 3);
    for (let other = 1; other < 2_000; other++) frames.take(`other ${other}`);
    expect(taken('first', 3)).toBe(0);
    frames.take('one more');
    expect(taken('first', 3)).toBe(3);
  });
});
