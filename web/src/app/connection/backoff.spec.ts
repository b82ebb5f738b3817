import { afterEnding, FRESH, LONGEST_MS, SHORTEST_MS, STEADY_MS } from './backoff.ts';
import type { Ending } from './link.ts';

const closed: Ending = { kind: 'closed', code: 1006, reason: '' };
const failed: Ending = { kind: 'handshake-failed', reason: '' };

/** A small generator of known numbers, so that the simulation comes out the same every time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('afterEnding', () => {
  it('counts attempts, and lets pauses grow from the last one up to a ceiling', () => {
    let effort = FRESH;
    const pauses = Array.from({ length: 6 }, () => {
      effort = afterEnding(effort, closed, 0, () => 1);
      return effort.pauseMs;
    });
    expect(pauses).toEqual([6000, 18_000, LONGEST_MS, LONGEST_MS, LONGEST_MS, LONGEST_MS]);
    expect(effort.attempt).toBe(7);
  });

  it('never comes back sooner than the shortest pause', () => {
    expect(afterEnding(FRESH, closed, 0, () => 0).pauseMs).toBe(SHORTEST_MS);
  });

  it('waits until it is asked for where something is lacking, and has failed at nothing then', () => {
    const barred: Ending = { kind: 'barred', lack: { what: 'missing', credential: 'token' } };
    const tired = { attempt: 5, pauseMs: LONGEST_MS, failedHandshakes: 4 };
    const effort = afterEnding(tired, barred, 0, () => 1);
    expect(effort).toEqual({ attempt: 1, pauseMs: Infinity, failedHandshakes: 0 });
    expect(afterEnding(effort, failed, 0, () => 1)).toEqual(afterEnding(FRESH, failed, 0, () => 1));
  });

  it('begins anew after a connection that lasted, and only then', () => {
    const tired = { attempt: 5, pauseMs: LONGEST_MS, failedHandshakes: 0 };
    expect(afterEnding(tired, closed, STEADY_MS, () => 1)).toEqual({
      attempt: 2,
      pauseMs: 6000,
      failedHandshakes: 0,
    });
    expect(afterEnding(tired, closed, STEADY_MS - 1, () => 1).pauseMs).toBe(LONGEST_MS);
  });

  it('counts handshakes that failed in a row', () => {
    const twice = [failed, { kind: 'handshake-slow' } as const].reduce(
      (effort, why) => afterEnding(effort, why, 0, () => 0),
      FRESH,
    );
    expect(twice.failedHandshakes).toBe(2);
    expect(afterEnding(twice, closed, 0, () => 0).failedHandshakes).toBe(0);
  });

  /** How many of a thousand clients that are dropped at once knock in the busiest second, whichever second that is. */
  function busiest(attempts: number, random: () => number): number {
    const knocks = Array.from({ length: 1000 }).flatMap(() => {
      let effort = afterEnding(FRESH, closed, STEADY_MS, random);
      let at = effort.pauseMs;
      const all = [at];
      for (let attempt = 1; attempt < attempts; attempt++) {
        effort = afterEnding(effort, failed, 0, random);
        all.push((at += effort.pauseMs));
      }
      return all;
    });
    knocks.sort((a, b) => a - b);
    let first = 0;
    return Math.max(
      ...knocks.map((at, n) => {
        while ((knocks[first] ?? at) <= at - 1000) first++;
        return n - first + 1;
      }),
    );
  }

  it('brings a thousand clients that were dropped at once back at fewer than 500 a second', () => {
    expect(busiest(1, numbers(42))).toBeLessThan(500);
  });

  it('keeps them below 500 a second through an outage of many attempts', () => {
    for (let seed = 1; seed <= 5; seed++) expect(busiest(8, numbers(seed))).toBeLessThan(500);
  });
});
