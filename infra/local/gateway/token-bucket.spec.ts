import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  let now: number;
  const bucket = (rate: number, burst: number) => new TokenBucket({ rate, burst }, () => now);
  const takenOf = (count: number, from: TokenBucket): number =>
    Array.from({ length: count }, () => from.take()).filter(Boolean).length;

  beforeEach(() => {
    now = 1000;
  });

  it('[Q13] gives its burst at once, and no more', () => {
    expect(takenOf(10, bucket(100, 3))).toBe(3);
  });

  it('[Q13] fills at its rate, as far as its burst', () => {
    const tokens = bucket(100, 3);
    takenOf(3, tokens);
    now += 9;
    expect(tokens.take()).toBeFalse();
    now += 1;
    expect(takenOf(2, tokens)).toBe(1);
    now += 60_000;
    expect(takenOf(10, tokens)).toBe(3);
  });

  it('[Q13] adds up parts of a token', () => {
    const tokens = bucket(1, 1);
    tokens.take();
    for (let step = 0; step < 3; step++) {
      now += 250;
      expect(tokens.take()).toBeFalse();
    }
    now += 250;
    expect(tokens.take()).toBeTrue();
  });

  it('[Q15] gives nothing when its burst is 0', () => {
    const tokens = bucket(100, 0);
    now += 1000;
    expect(tokens.take()).toBeFalse();
  });
});
