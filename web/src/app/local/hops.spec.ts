import { type Hop, hopsOf } from './hops.ts';
import type { Journey } from './journeys.ts';

const step = { requestId: 'r1', at: 1000 };
const received = { ...step, connectionId: 'a=', route: 'send', frame: 1, bytes: 40 };
const started = { ...step, at: 1001, function: 'f', cold: false, waitedMs: 0 };
const ended = { ...step, at: 1000, function: 'f', ms: 9, outcome: 'answered' };
const put = { ...step, at: 1002, service: 'dynamodb', operation: 'PutItem', status: 200, ms: 3 };
const post = { ...step, at: 1006, service: '@connections', operation: 'POST', connectionId: 'b=', ms: 1 };
const sent = { ...step, at: 1006.5, connectionId: 'b=', frame: 3, bytes: 41 };
const nameOf = (connectionId: string) => (connectionId === 'b=' ? 'Bob' : connectionId);
const BARE: Journey = { received, calls: [], sent: [] };
const told = (hops: readonly Hop[]) => hops.map(({ place, from, to, detail }) => [place, from, to, detail]);

describe('hopsOf', () => {
  it('tells the whole way of a frame, in the order of time, counted from when the page sent it', () => {
    const journey = { ...BARE, started, ended, calls: [put, { ...post, status: 200 }], sent: [sent] };
    const hops = hopsOf(journey, { at: 998 }, [{ sent, row: { at: 1008 } }], nameOf);
    expect(told(hops)).toEqual([
      ['network', 0, 2, '40 bytes'],
      ['gateway', 2, 3, 'route send'],
      ['function', 3, 11, 'f, warm'],
      ['table', 4, 7, 'PutItem'],
      ['post', 8, 9, 'Bob'],
      ['network', 8.5, 10, 'Bob, 41 bytes'],
    ]);
    expect(hops.every(({ state }) => state === 'good')).toBeTrue();
    expect(hops.filter(({ rough }) => rough).map(({ place }) => place)).toEqual(['network', 'network']);
  });

  it('says what is still under way, and what nobody has answered', () => {
    const hops = hopsOf(
      { ...BARE, started: { ...started, cold: true }, calls: [post] },
      undefined,
      [],
      nameOf,
    );
    expect(hops.map(({ place, state }) => [place, state])).toEqual([
      ['gateway', 'good'],
      ['function', 'under way'],
      ['post', 'bad'],
    ]);
    expect(hops[1]?.detail).toBe('f, cold start');
    expect(hops[1]?.to).toBeUndefined();
    expect(hops[2]?.detail).toBe('Bob, no answer');
    expect(hopsOf(BARE, undefined, [], nameOf)[0]?.state).toBe('under way');
  });

  for (const [refused, detail] of [
    ['forbidden', 'refused: there is no such route'],
    ['throttled', 'refused: too many requests'],
    ['dropped', 'a fault dropped the connection'],
    ['something new', 'something new'],
  ] as const) {
    it(`says that the gateway took no further what it ${refused}`, () => {
      const [hop] = hopsOf({ ...BARE, received: { ...received, refused } }, undefined, [], nameOf);
      expect([hop?.detail, hop?.state, hop?.to]).toEqual([detail, 'bad', 0]);
    });
  }

  it('marks what failed: a post to whom is gone, a function that did not answer', () => {
    const journey = {
      ...{ ...BARE, started, ended: { ...ended, outcome: 'timed-out' } },
      calls: [
        { ...post, status: 410 },
        { ...put, status: 400 },
      ],
    };
    const bad = hopsOf(journey, undefined, [], nameOf).filter(({ state }) => state === 'bad');
    expect(bad.map(({ detail }) => detail)).toEqual([
      'f, warm, timed-out',
      'PutItem, status 400',
      'Bob, status 410',
    ]);
  });

  it('knows a route that calls no function', () => {
    const [hop] = hopsOf(
      { ...BARE, ended: { ...ended, function: 'dynamodb:PutItem' } },
      undefined,
      [],
      nameOf,
    );
    expect([hop?.detail, hop?.to]).toEqual(['route send, dynamodb:PutItem', 9]);
  });

  it('does not compare clocks of two machines, and never lets a hop end before it began', () => {
    const away = hopsOf({ ...BARE, started, ended }, { at: 60_000 }, [], nameOf);
    expect(away.map(({ place }) => place)).toEqual(['gateway', 'function']);
    const early = hopsOf({ ...BARE, sent: [sent] }, { at: 1000.4 }, [{ sent, row: { at: 1006 } }], nameOf);
    for (const { from, to = from } of early) {
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeGreaterThanOrEqual(from);
    }
  });
});
