import type { Message } from '#protocol';
import { type Inbox, NOTHING_HEARD, receipted, receive } from './receiver.ts';
import { REMEMBERED } from './outbox.ts';

const placed = (seq: number, { base = 0, id = `m${seq}`, stream = 's1', session = 'ann' } = {}): Message => ({
  type: 'message',
  from: 'A=',
  ...{ session, id, stream, seq, base },
  data: id,
  sentAt: 0,
});
const plain = (id: string): Message => ({
  ...{ type: 'message', from: 'T=', session: 'terminal', id, data: id, sentAt: 0 },
});

function hear(...messages: readonly Message[]) {
  let inbox: Inbox = NOTHING_HEARD;
  const shown: string[] = [];
  for (const message of messages) {
    const step = receive(inbox, message);
    inbox = step.inbox;
    shown.push(...step.released.map(({ id }) => id));
  }
  return { inbox, shown, owed: [...(inbox.receipts.get('ann')?.ids ?? [])] };
}
const count = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

describe('receiver', () => {
  it('shows what comes in order at once, and owes a receipt for it', () => {
    const { shown, owed } = hear(placed(0), placed(1));
    expect(shown).toEqual(['m0', 'm1']);
    expect(owed).toEqual(['m0', 'm1']);
  });

  it('holds back what overtook, and owes nothing for it until it is shown', () => {
    const early = hear(placed(0), placed(2), placed(3));
    expect(early.shown).toEqual(['m0']);
    expect(early.owed).toEqual(['m0']);
    expect(hear(placed(0), placed(2), placed(3), placed(1)).shown).toEqual(['m0', 'm1', 'm2', 'm3']);
  });

  it('shows nothing twice, and says once more that it was shown', () => {
    const first = hear(placed(0));
    const told = receipted(first.inbox, 'ann', ['m0']);
    expect(told.receipts.size).toBe(0);
    const { inbox, released } = receive(told, placed(0));
    expect(released).toEqual([]);
    expect([...(inbox.receipts.get('ann')?.ids ?? [])]).toEqual(['m0']);
  });

  it('skips what its sender has settled, so that nothing given up blocks the next', () => {
    expect(hear(placed(0), placed(2, { base: 2 })).shown).toEqual(['m0', 'm2']);
  });

  it('shows what it held when the sender gave up what was before it', () => {
    expect(hear(placed(0), placed(2), placed(5, { base: 5 })).shown).toEqual(['m0', 'm2', 'm5']);
  });

  it('never says that it has shown what it skipped', () => {
    expect(hear(placed(2, { base: 2 }), placed(1)).owed).toEqual(['m2']);
  });

  it('knows a retry by its id, whatever its place', () => {
    const { shown, owed } = hear(placed(0), placed(1, { base: 1, id: 'm0' }), placed(2, { base: 2 }));
    expect(shown).toEqual(['m0', 'm2']);
    expect(owed).toEqual(['m0', 'm2']);
  });

  it('joins a stream that it does not know, or no longer, at its base', () => {
    expect(hear(placed(9, { base: 8 }), placed(8, { base: 8 })).shown).toEqual(['m8', 'm9']);
  });

  it('waits no more for what a sender lacks that has begun anew', () => {
    const anew = placed(0, { stream: 's2', id: 'n0' });
    expect(hear(placed(0), placed(2), anew).shown).toEqual(['m0', 'm2', 'n0']);
  });

  it('keeps the streams of two sessions apart, even of one name', () => {
    const other = { session: 'eve' };
    expect(hear(placed(0), placed(0, { ...other, id: 'e0' }), placed(1)).shown).toEqual(['m0', 'e0', 'm1']);
  });

  it('holds back so many and no more, and shows them all when they come again', () => {
    const early = count(1, REMEMBERED + 50).map((seq) => placed(seq));
    const { shown } = hear(...early, placed(0));
    expect(shown.length).toBe(REMEMBERED);
    expect(hear(...early, placed(0), ...early).shown).toEqual(count(0, REMEMBERED + 50).map((n) => `m${n}`));
  });

  it('holds back so many in all, and goes on with what is in order', () => {
    const flood = count(0, 20).flatMap((n) =>
      count(1, 101).map((seq) => placed(seq, { session: `eve${n}`, id: `e${n}-${seq}` })),
    );
    const { inbox, shown } = hear(...flood, placed(0), placed(1));
    const held = [...inbox.streams.values()].reduce((sum, flow) => sum + flow.held.size, 0);
    expect(held).toBe(1000);
    expect(shown).toEqual(['m0', 'm1']);
  });

  it('forgets the stream that was quiet for longest', () => {
    const many = count(0, 150).map((n) => placed(0, { session: `s${n}` }));
    const { inbox } = hear(...many);
    expect(inbox.streams.size).toBe(100);
    expect([...inbox.streams.keys()].at(-1)).toBe('s149/s1');
  });

  it('[P33] shows a message without a place at once, owes nothing, and knows it when it comes twice', () => {
    const { inbox, shown } = hear(plain('p1'), plain('p2'), plain('p1'));
    expect(shown).toEqual(['p1', 'p2']);
    expect(inbox.receipts.size).toBe(0);
  });
});
