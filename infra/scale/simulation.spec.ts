import { office } from './crowd.ts';
import { plot } from './plot.ts';
import { QUOTAS } from '../quotas.ts';
import { type Second, simulate } from './simulation.ts';

const DROP_AT = 1000;
const play = (people: number, seed = 1): readonly Second[] =>
  simulate({ crowd: office(people), seed, seconds: 1600, dropAt: DROP_AT });
const most = (seconds: readonly Second[], of: keyof Second): number =>
  Math.max(...seconds.map((second) => second[of]));

describe('a simulated crowd', () => {
  it('of 1,000 arrives, is dropped at once and is back, all below the quotas of one account', () => {
    const seconds = play(1000);
    expect(seconds[DROP_AT - 1]?.connected).toBe(1000);
    expect(seconds[DROP_AT]?.connected).toBeLessThan(1000);
    expect(seconds.at(-1)?.connected).toBe(1000);
    expect(most(seconds, 'handshakesRefused')).toBe(0);
    expect(most(seconds, 'throttled')).toBe(0);
  });

  it('of 20,000 that is dropped at once comes back as fast as API Gateway lets it, and not faster', () => {
    const seconds = play(20_000);
    const gained = seconds.map(({ connected }, at) => connected - (seconds[at - 1]?.connected ?? 0));
    expect(Math.max(...gained.slice(DROP_AT + 2))).toBeLessThanOrEqual(QUOTAS.newConnections);
    expect(most(seconds.slice(DROP_AT), 'handshakesRefused')).toBeGreaterThan(0);
    const back = seconds.findIndex(({ connected }, at) => at > DROP_AT && connected === 20_000);
    expect(back - DROP_AT).toBeLessThan((2 * 20_000) / QUOTAS.newConnections);
  });

  it('does the same again for the same dice, and something else for others', () => {
    expect(play(500)).toEqual(play(500));
    expect(play(500, 2)).not.toEqual(play(500));
  });

  it('is drawn second by second, beside the quotas', () => {
    const picture = plot(play(500));
    expect(picture.match(/<polyline/g)).toHaveSize(4);
    expect(picture).toContain('people connected, at most 500');
    expect(picture.match(/class="quota"/g)).toHaveSize(3);
  });
});
