import {
  add,
  hasRoom,
  IN_FLIGHT,
  MOST_WAITING,
  MOST_WAITING_BYTES,
  type Outbox,
  REMEMBERED,
  type Refusal,
  type Status,
} from './outbox.ts';
import {
  cancelled,
  canRetry,
  dueIn,
  expired,
  GIVE_UP_MS,
  MOST_SENDS,
  receipted,
  refused,
  RESEND_MS,
  restarted,
  transmitted,
} from './sender.ts';

const BOB = 'bob';
const NOTHING: Outbox = new Map();
const PAIR = { ours: 'A=', theirs: 'B=' };
const GONE: Refusal = { code: 'gone', reason: 'away' };

const written = (count: number, before = NOTHING): Outbox =>
  Array.from({ length: count }, (_, n) => `m${n}`).reduce(
    (outbox, id) => add(outbox, BOB, { id, text: id, at: 0 }),
    before,
  );
const due = (outbox: Outbox, now = 0, pair = PAIR) => dueIn(outbox, now, () => pair);
/** Sends whatever is due. */
const send = (outbox: Outbox, now = 0, pair = PAIR, confirms = true): Outbox =>
  due(outbox, now, pair).reduce((all, one) => transmitted(all, one, now, confirms).outbox, outbox);
const ends = ({ changes }: { readonly changes: readonly { readonly status: Status }[] }) =>
  changes.map(({ status }) => status);

describe('sender', () => {
  it('[P12] counts a stream from 0, and names as base the oldest message that is not settled', () => {
    const outbox = written(3);
    expect(due(outbox).map(({ stream, seq, base }) => [stream, seq, base])).toEqual([
      ['m0', 0, 0],
      ['m0', 1, 0],
      ['m0', 2, 0],
    ]);
    const { outbox: settled } = receipted(send(outbox), BOB, ['m0', 'm1']);
    expect(due(settled, RESEND_MS).map(({ seq, base }) => [seq, base])).toEqual([[2, 2]]);
  });

  it('sends nothing to whom there is no connection', () => {
    expect(dueIn(written(1), 0, () => undefined)).toEqual([]);
  });

  it('sends again after a time-out, each time after twice as long, and not for ever', () => {
    let outbox = send(written(1));
    const at: number[] = [];
    for (let now = 0; now < GIVE_UP_MS * 2; now += 1000) {
      if (due(outbox, now).length === 0) continue;
      at.push(now);
      outbox = send(outbox, now);
    }
    expect(at).toEqual([5000, 15_000, 35_000, 75_000, 135_000, 195_000, 255_000]);
    expect(at.length).toBe(MOST_SENDS - 1);
  });

  it('sends again at once when either side has another connection', () => {
    const outbox = send(written(1));
    expect(due(outbox)).toEqual([]);
    expect(due(outbox, 0, { ...PAIR, ours: 'A2=' }).length).toBe(1);
    expect(due(outbox, 0, { ...PAIR, theirs: 'B2=' }).length).toBe(1);
  });

  it('settles by the receipt of the right session alone', () => {
    const outbox = send(written(1));
    expect(ends(receipted(outbox, 'eve', ['m0']))).toEqual([]);
    expect(ends(receipted(outbox, BOB, ['m0']))).toEqual([{ kind: 'delivered' }]);
  });

  it('gives up when no receipt came within the window after the last send, here or left', () => {
    const outbox = send(send(written(1)), RESEND_MS);
    expect(ends(expired(outbox, RESEND_MS + GIVE_UP_MS - 1))).toEqual([]);
    expect(ends(expired(outbox, RESEND_MS + GIVE_UP_MS))).toEqual([{ kind: 'unconfirmed' }]);
  });

  it('does not give up what waits for its turn while those before it go out, over however many connections', () => {
    const [first, second] = due(written(2));
    if (!first || !second) throw new Error('Nothing is due.');
    let { outbox } = transmitted(written(2), first, 0, true);
    for (let n = 1; n < 10; n++) {
      const pair = { ...PAIR, ours: `A${n}=` };
      const now = n * (GIVE_UP_MS - 1);
      expect(ends(expired(outbox, now))).toEqual([]);
      outbox = transmitted(outbox, { ...first, pair }, now, true).outbox;
    }
    const last = 9 * (GIVE_UP_MS - 1);
    // The one in front has arrived, and nothing goes out any more.
    ({ outbox } = receipted(outbox, BOB, ['m0']));
    expect(ends(expired(outbox, last + GIVE_UP_MS - 1))).toEqual([]);
    expect(ends(expired(outbox, last + GIVE_UP_MS)).map(({ kind }) => kind)).toEqual(['refused']);
    // As another session, too, it waits since then and not since it was written.
    const begun = restarted(outbox, 's2').outbox;
    expect(ends(expired(begun, last + GIVE_UP_MS - 1))).toEqual([]);
  });

  it('gives up what its receiver never confirms, however much goes out after it', () => {
    let outbox = send(written(1));
    for (let n = 1; n < 10; n++) {
      const now = (n * GIVE_UP_MS) / 10;
      outbox = add(outbox, BOB, { id: `n${n}`, text: 'n', at: now });
      const [newest] = due(outbox, now).slice(-1);
      if (newest) ({ outbox } = transmitted(outbox, newest, now, true));
    }
    expect(expired(outbox, GIVE_UP_MS).changes).toEqual([
      { session: BOB, id: 'm0', status: { kind: 'unconfirmed' } },
    ]);
  });

  it('says of what it could never send that it was not sent', () => {
    expect(ends(expired(written(1), GIVE_UP_MS))).toEqual([
      jasmine.objectContaining({ kind: 'refused', code: 'not-sent' }),
    ]);
  });

  it('is sure that nothing was shown only when every send was refused', () => {
    const once = refused(send(written(1)), 'm0', GONE);
    expect(ends(once)).toEqual([{ kind: 'queued', refusal: GONE }]);
    expect(ends(expired(once.outbox, GIVE_UP_MS))).toEqual([{ kind: 'refused', ...GONE }]);
    const unanswered = send(send(written(1)), RESEND_MS);
    const last = refused(unanswered, 'm0', GONE).outbox;
    expect(ends(expired(last, RESEND_MS + GIVE_UP_MS))).toEqual([{ kind: 'unconfirmed', refusal: GONE }]);
    const late = refused(send(written(1)), 'm0', { code: 'timeout', reason: 'late' }).outbox;
    expect(ends(expired(late, GIVE_UP_MS)).map(({ kind }) => kind)).toEqual(['unconfirmed']);
  });

  for (const code of ['gone', 'throttled', 'timeout', 'failed', 'not-member'] as const) {
    it(`[P40] tries again after ${code}, with the same id and place`, () => {
      const { outbox } = refused(send(written(1)), 'm0', { code, reason: 'no' });
      expect(due(outbox)).toEqual([]);
      expect(due(outbox, RESEND_MS).map(({ id, seq }) => [id, seq])).toEqual([['m0', 0]]);
    });
  }

  for (const code of ['too-large', 'invalid', 'unknown-route', 'not-invited'] as const) {
    it(`[P40] ends with ${code}, which no later try would mend, and goes on with the next`, () => {
      const step = refused(send(written(2)), 'm0', { code, reason: 'no' });
      expect(ends(step)).toEqual([{ kind: 'refused', code, reason: 'no' }]);
      expect(due(step.outbox, RESEND_MS).map(({ seq, base }) => [seq, base])).toEqual([[1, 1]]);
    });
  }

  it('[P14] asks a terminal for no receipt: sent is its last word', () => {
    const [first] = due(written(1));
    if (!first) throw new Error('Nothing is due.');
    const step = transmitted(written(1), first, 0, false);
    expect(ends(step)).toEqual([{ kind: 'sent' }]);
    expect(due(step.outbox, GIVE_UP_MS)).toEqual([]);
  });

  it('cancels what was not sent; of what may have arrived it says that it is unconfirmed', () => {
    expect(ends(cancelled(written(1), BOB, 'm0'))).toEqual([{ kind: 'cancelled' }]);
    expect(ends(cancelled(send(written(1)), BOB, 'm0'))).toEqual([{ kind: 'unconfirmed' }]);
    const refusedOnce = refused(send(written(1)), 'm0', GONE).outbox;
    expect(ends(cancelled(refusedOnce, BOB, 'm0'))).toEqual([{ kind: 'cancelled' }]);
  });

  it('is never further ahead of the oldest message than receivers remember', () => {
    expect(IN_FLIGHT).toBeLessThanOrEqual(REMEMBERED);
    const outbox = send(written(IN_FLIGHT + 5));
    expect(due(outbox)).toEqual([]);
    const { outbox: settled } = receipted(outbox, BOB, ['m0', 'm1']);
    expect(due(settled).map(({ id }) => id)).toEqual([`m${IN_FLIGHT}`, `m${IN_FLIGHT + 1}`]);
  });

  it('has room for so many messages, and for so many bytes', () => {
    expect(hasRoom(written(MOST_WAITING - 1), 'x')).toBeTrue();
    expect(hasRoom(written(MOST_WAITING), 'x')).toBeFalse();
    expect(hasRoom(NOTHING, 'é'.repeat(MOST_WAITING_BYTES / 2))).toBeTrue();
    expect(hasRoom(written(1), 'é'.repeat(MOST_WAITING_BYTES / 2))).toBeFalse();
  });

  it('begins anew as another session: what was sent is unconfirmed, what was not goes first', () => {
    const outbox = written(3);
    const [first] = due(outbox);
    if (!first) throw new Error('Nothing is due.');
    const step = restarted(transmitted(outbox, first, 0, true).outbox, 's2');
    expect(step.changes).toEqual([{ session: BOB, id: 'm0', status: { kind: 'unconfirmed' } }]);
    expect(due(step.outbox).map(({ id, stream, seq, base }) => [id, stream, seq, base])).toEqual([
      ['m1', 's2', 0, 0],
      ['m2', 's2', 1, 0],
    ]);
  });

  it('retries what may have been shown only while its receiver remembers the id', () => {
    const place = { stream: 'm0', seq: 0 };
    const unconfirmed = { ...place, status: { kind: 'unconfirmed' } } as const;
    expect(canRetry(written(REMEMBERED - 1), BOB, unconfirmed)).toBeTrue();
    expect(canRetry(written(REMEMBERED), BOB, unconfirmed)).toBeFalse();
    expect(canRetry(written(1), BOB, { ...unconfirmed, stream: 's0' })).toBeFalse();
    const again = (count: number) => restarted(written(count), 's2').outbox;
    expect(canRetry(again(REMEMBERED - 1), BOB, unconfirmed)).toBeTrue();
    expect(canRetry(again(REMEMBERED), BOB, unconfirmed)).toBeFalse();
    expect(canRetry(NOTHING, BOB, { ...place, status: { kind: 'cancelled' } })).toBeTrue();
    expect(canRetry(NOTHING, BOB, { ...place, status: { kind: 'refused', ...GONE } })).toBeTrue();
    expect(canRetry(written(1), BOB, { ...place, status: { kind: 'delivered' } })).toBeFalse();
    const tooLarge = { kind: 'refused', code: 'too-large', reason: 'no' } as const;
    expect(canRetry(NOTHING, BOB, { ...place, status: tooLarge })).toBeFalse();
  });
});
