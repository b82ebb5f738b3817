import type { WireEntry } from '../wire/wire-entry.ts';
import { MOST_ROUND_TRIPS, SECONDS, Traffic } from './traffic.ts';

let key = 0;
const entry = (about: Partial<WireEntry>): WireEntry => ({
  ...{ key: key++, seat: '1', socket: 0, at: 1000, direction: 'out', kind: 'message', bytes: 1, text: '' },
  ...about,
});
const receipt = (roundTripMs: number) => entry({ kind: 'receipt', direction: 'in', roundTripMs });

describe('Traffic', () => {
  beforeEach(() => (key = 0));

  it('counts messages either way by the second, and nothing that is none', () => {
    const traffic = new Traffic();
    traffic.advance([
      entry({ at: 1_000_000 }),
      entry({ at: 1_000_999 }),
      entry({ at: 1_001_000, direction: 'in' }),
      receipt(5),
      entry({ kind: 'open', direction: 'event' }),
    ]);
    const { out, in: incoming } = traffic.rates(1_001_500);
    expect([out.length, incoming.length]).toEqual([SECONDS, SECONDS]);
    expect([out.slice(-2), incoming.slice(-2)]).toEqual([
      [2, 0],
      [0, 1],
    ]);
  });

  it('lets seconds pass, and what is a minute old is no more', () => {
    const traffic = new Traffic();
    traffic.advance([entry({ at: 1_000_000 })]);
    expect(traffic.rates(1_010_000).out.indexOf(1)).toBe(SECONDS - 11);
    expect(traffic.rates(1_059_999).out.indexOf(1)).toBe(0);
    expect(Math.max(...traffic.rates(1_060_000).out)).toBe(0);
    traffic.advance([entry({ key: 1, at: 1_060_000 })]);
    expect(traffic.rates(1_060_000).out.at(-1)).toBe(1);
  });

  it('takes each entry in once, whatever the log has dropped or forgotten', () => {
    const traffic = new Traffic();
    const all = Array.from({ length: 10 }, () => entry({ at: 1_000_000 }));
    expect(traffic.advance(all.slice(0, 4)).length).toBe(4);
    expect(traffic.advance(all.slice(2, 6)).map((one) => one.key)).toEqual([4, 5]);
    expect(traffic.advance(all.slice(2, 6))).toEqual([]);
    expect(traffic.advance([])).toEqual([]);
    // What was dropped before it was read is missing.
    expect(traffic.advance(all.slice(8)).map((one) => one.key)).toEqual([8, 9]);
    expect(traffic.rates(1_000_000).out.at(-1)).toBe(8);
  });

  it('keeps the latest round trips of receipts and pongs', () => {
    const traffic = new Traffic();
    traffic.advance([
      entry({ roundTripMs: 1 }),
      entry({ kind: 'welcome', direction: 'in', roundTripMs: 2 }),
      ...Array.from({ length: MOST_ROUND_TRIPS }, (_, place) => receipt(place)),
      entry({ kind: 'pong', direction: 'in', roundTripMs: 1000 }),
    ]);
    expect(traffic.roundTrips.length).toBe(MOST_ROUND_TRIPS);
    expect([traffic.roundTrips[0], traffic.roundTrips.at(-1)]).toEqual([1, 1000]);
  });
});
