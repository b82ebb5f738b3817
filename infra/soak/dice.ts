/** Numbers from 0 up to but not 1, the same ones for the same seed (Marsaglia's xorshift, 32 bits). */
export function dice(seed: number): () => number {
  // 0 would yield nothing but 0.
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Dice of one's own, thrown for with those of another. */
export const diceFrom = (random: () => number): (() => number) => dice(Math.floor(random() * 2 ** 32));

/** One of some. */
export function oneOf<T>(some: readonly T[], random: () => number): T | undefined {
  return some[Math.floor(random() * some.length)];
}
