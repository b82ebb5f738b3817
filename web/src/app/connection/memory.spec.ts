import { peer } from '../../testing/frames.ts';
import type { Line } from './conversation.ts';
import { restored } from './memory.ts';
import { add, type Outbox, type Status } from './outbox.ts';
import { partnersIn } from './partners.ts';
import { dueIn, transmitted } from './sender.ts';

const ANN = peer('B=', { name: 'Ann' });
const TERMINAL = peer('T=', { dialect: 'plain' });
const mine = (id: string, status: Status): Line => ({
  ...{ id, text: id, at: 1 },
  sent: { stream: 's', seq: 0, status },
});
const after = (outbox: Outbox, lines: readonly Line[], who = ANN) =>
  restored({
    resume: { session: 'me', key: 'secret' },
    outbox,
    streams: new Map(),
    conversations: new Map([[who.session, { peer: who, lines, unread: 1 }]]),
    selected: who.session,
  });
const linesOf = (state: ReturnType<typeof after>, who = ANN) =>
  (state.conversations.get(who.session)?.lines ?? []).map(({ id, sent }) => [id, sent?.status.kind]);

describe('restored', () => {
  it('shows what was said, counts what was unread, and says of nobody that they are here', () => {
    const state = after(new Map(), [{ id: 'i1', text: 'hello', at: 1 }]);
    expect(partnersIn(state)).toEqual([jasmine.objectContaining({ name: 'Ann', unread: 1, here: false })]);
    expect([state.session, state.selected, state.me]).toEqual(['me', ANN.session, undefined]);
    expect(JSON.stringify(state)).not.toContain('secret');
  });

  it('knows by the outbox how far a message got', () => {
    let outbox = add(new Map(), ANN.session, { id: 'm1', text: 'm1', at: 1 });
    outbox = add(outbox, ANN.session, { id: 'm2', text: 'm2', at: 1 });
    const [first] = dueIn(outbox, 1, () => ({ ours: 'A=', theirs: 'B=' }));
    if (!first) throw new Error('Nothing is due.');
    outbox = transmitted(outbox, first, 1, true).outbox;
    const state = after(outbox, [mine('m1', { kind: 'queued' })]);
    expect(linesOf(state))
      .withContext('m2 was written in the last moment')
      .toEqual([
        ['m1', 'sent'],
        ['m2', 'queued'],
      ]);
  });

  it('leaves no message open that nobody will send again', () => {
    const lines = [
      mine('m1', { kind: 'sent' }),
      mine('m2', { kind: 'queued' }),
      mine('m3', { kind: 'delivered' }),
    ];
    expect(linesOf(after(new Map(), lines))).toEqual([
      ['m1', 'unconfirmed'],
      ['m2', 'unconfirmed'],
      ['m3', 'delivered'],
    ]);
    const toTerminal = after(new Map(), [mine('m1', { kind: 'sent' })], TERMINAL);
    expect(linesOf(toTerminal, TERMINAL)).toEqual([['m1', 'sent']]);
  });
});
