import { joined, left, ME, message, peer, refused, welcome } from '../../testing/frames.ts';
import { type Event, reduce } from './reducer.ts';
import type { Arrival } from './socket.ts';
import { pairsIn, partnersIn } from './partners.ts';
import { dueIn, GIVE_UP_MS } from './sender.ts';
import { INITIAL, type State } from './state.ts';

const ANN = peer('B=', { name: 'Ann', connectedAt: 20 });
const TERMINAL = peer('T=', { dialect: 'plain', connectedAt: 10 });

const frame = (arrival: Arrival, at = 5): Event => ({ type: 'frame', frame: arrival, at });
const after = (...events: readonly Event[]): State => events.reduce(reduce, INITIAL);
const CONNECTED: readonly Event[] = [
  { type: 'connecting', attempt: 1 },
  { type: 'opened' },
  frame(welcome([ANN, TERMINAL])),
];
const selected = (who: typeof ANN): Event => ({ type: 'selected', peer: who });
const partner = (state: State, { session }: typeof ANN) =>
  partnersIn(state).find((one) => one.session === session);

describe('reduce', () => {
  it('[P7] is connected by the welcome, not by the open socket', () => {
    expect(after(...CONNECTED.slice(0, 2)).phase.kind).toBe('connecting');
    const { me, phase } = after(...CONNECTED);
    expect(phase).toEqual({ kind: 'connected', since: 5 });
    expect(me?.connectionId).toBe(ME);
  });

  it('[P8] counts the time of a connection from the first page of its welcome', () => {
    const state = after(...CONNECTED, frame(welcome([], { page: 2, pages: 2 }), 9));
    expect(state.phase).toEqual({ kind: 'connected', since: 5 });
  });

  it('[P9] keeps no resume key', () => {
    expect(JSON.stringify(after(...CONNECTED))).not.toContain('key"');
  });

  it('lists partners in the order they came', () => {
    expect(partnersIn(after(...CONNECTED)).map(({ connectionId }) => connectionId)).toEqual(['T=', 'B=']);
  });

  it('shows a message of a sender that nobody announced', () => {
    const stranger = peer('X=');
    const state = after(...CONNECTED, frame(message(stranger, 'hello')));
    expect(partner(state, stranger)).toEqual(
      jasmine.objectContaining({ here: true, unread: 1, dialect: 'v1' }),
    );
    expect(partner(state, stranger)?.conversation?.lines[0]?.text).toBe('hello');
  });

  it('[P27] takes from the message of such a sender who has signed in', () => {
    const stranger = peer('X=');
    const state = after(...CONNECTED, frame(message(stranger, 'hello', { subject: 'ann@example.com' })));
    expect(partner(state, stranger)?.subject).toBe('ann@example.com');
    expect(partner(after(...CONNECTED, frame(message(stranger, 'hi'))), stranger)?.subject).toBeUndefined();
  });

  it('[P33] knows a sender without a place in a stream for a terminal', () => {
    const stranger = peer('X=', { dialect: 'plain' });
    expect(partner(after(...CONNECTED, frame(message(stranger, 'hello'))), stranger)?.dialect).toBe('plain');
  });

  it('shows a message that comes after its sender has left, and lists the sender as gone', () => {
    const state = after(...CONNECTED, frame(left(ANN)), frame(message(ANN, 'bye')));
    expect(partner(state, ANN)).toEqual(jasmine.objectContaining({ here: false, unread: 1, name: 'Ann' }));
  });

  it('keeps a peer that left while there is something to read, and lists it last', () => {
    const state = after(...CONNECTED, frame(message(TERMINAL, 'hi')), frame(left(TERMINAL)));
    expect(partnersIn(state).map(({ session, here }) => [session, here])).toEqual([
      [ANN.session, true],
      [TERMINAL.session, false],
    ]);
  });

  it('forgets a peer that left when nothing was said and nobody is looking', () => {
    expect(partner(after(...CONNECTED, frame(left(ANN))), ANN)).toBeUndefined();
    expect(partner(after(...CONNECTED, selected(ANN), frame(left(ANN))), ANN)?.here).toBeFalse();
  });

  it('remembers the name that a peer was announced with', () => {
    const state = after(
      ...CONNECTED.slice(0, 2),
      frame(welcome()),
      frame(message({ ...ANN }, 'hi')),
      frame(joined(ANN)),
      frame(left(ANN)),
    );
    expect(partner(state, ANN)?.name).toBe('Ann');
  });

  it('talks to the newest connection of a session', () => {
    const again = { ...ANN, connectionId: 'B2=', connectedAt: 30 };
    const state = after(...CONNECTED, frame(joined(again)));
    expect(partner(state, ANN)?.connectionId).toBe('B2=');
    expect(partnersIn(state).length).toBe(2);
  });

  it('counts as unread what arrives in another conversation, or while nobody looks', () => {
    const reading = after(
      ...CONNECTED,
      selected(ANN),
      frame(message(ANN, 'one')),
      frame(message(TERMINAL, 'two')),
    );
    expect(partner(reading, ANN)?.unread).toBe(0);
    expect(partner(reading, TERMINAL)?.unread).toBe(1);

    const away = [{ type: 'looked', visible: false }, frame(message(ANN, 'three'))] as const;
    const unseen = [...away].reduce(reduce, reading);
    expect(partner(unseen, ANN)?.unread).toBe(1);
    expect(partner(reduce(unseen, { type: 'looked', visible: true }), ANN)?.unread).toBe(0);
  });

  it('reads what was unread when its conversation is opened, and remembers where that began', () => {
    const unread = message(ANN, 'one');
    const state = after(...CONNECTED, frame(unread), selected(ANN), frame(message(ANN, 'two')));
    expect(partner(state, ANN)?.unread).toBe(0);
    expect(partner(state, ANN)?.conversation?.newFrom).toBe(unread.id);
    const back = [{ type: 'looked', visible: false } as const, { type: 'looked', visible: true } as const];
    expect(partner(back.reduce(reduce, state), ANN)?.conversation?.newFrom).toBeUndefined();
  });

  const WRITTEN: Event = { type: 'written', peer: ANN, id: 'm7', text: 'hi', at: 6 };
  const statusIn = (state: State) => partner(state, ANN)?.conversation?.lines.at(-1)?.sent?.status;
  /** Puts what is due on the wire, as the courier does. */
  const sends = (state: State): State =>
    dueIn(state.outbox, 6, pairsIn(state)).reduce(
      (now, due) => reduce(now, { type: 'transmitted', due, at: 6, confirms: true }),
      state,
    );

  it('shows how far a message of ours got', () => {
    const written = after(...CONNECTED, WRITTEN);
    expect(statusIn(written)).toEqual({ kind: 'queued' });
    const sent = sends(written);
    expect(statusIn(sent)).toEqual({ kind: 'sent' });
    const receipt = { type: 'receipt', from: 'B=', session: ANN.session, ids: ['m7'] } as const;
    expect(statusIn(reduce(sent, frame(receipt)))).toEqual({ kind: 'delivered' });
    expect(statusIn(reduce(sent, { type: 'cancelled', session: ANN.session, id: 'm7' }))).toEqual({
      kind: 'unconfirmed',
    });
    const later = reduce(sent, { type: 'time-passed', at: 6 + GIVE_UP_MS });
    expect(statusIn(later)).toEqual({ kind: 'unconfirmed' });
    const again = reduce(later, { type: 'retried', session: ANN.session, id: 'm7', at: 9 });
    expect(statusIn(again)).toEqual({ kind: 'queued' });
    expect(statusIn(reduce(later, frame(receipt))))
      .withContext('late')
      .toEqual({ kind: 'delivered' });
  });

  it('has nobody to send to without a connection, or to one who is away', () => {
    const written = after(...CONNECTED, WRITTEN);
    expect(sends(reduce(written, { type: 'disconnected' }))).toEqual(
      reduce(written, { type: 'disconnected' }),
    );
    const alone = reduce(written, frame(left(ANN)));
    expect(sends(alone)).toBe(alone);
  });

  it('marks a refused message where it stands, and says it nowhere else', () => {
    const sent = sends(after(...CONNECTED, WRITTEN));
    const state = reduce(sent, frame(refused({ id: 'm7', code: 'invalid', reason: 'bad' })));
    expect(statusIn(state)).toEqual({ kind: 'refused', code: 'invalid', reason: 'bad' });
    expect(state.notices).toEqual([]);
  });

  it('[P28] ends a message into a room that is closed to us, and sends one again that our own place was lost for', () => {
    const sent = sends(after(...CONNECTED, WRITTEN));
    const about = { id: 'm7', code: 'not-member', reason: 'no' } as const;
    expect(statusIn(reduce(sent, frame(refused(about))))?.kind).toBe('queued');
    const ended = reduce(sent, frame(refused({ ...about, about: 'receiver' })));
    expect(statusIn(ended)).toEqual({ kind: 'refused', code: 'not-invited', reason: 'no' });
  });

  it('waits with what the server refused for now, and says why', () => {
    const sent = sends(after(...CONNECTED, WRITTEN));
    const refusal = { code: 'throttled', reason: 'slow down' } as const;
    const state = reduce(sent, frame(refused({ id: 'm7', ...refusal })));
    expect(statusIn(state)).toEqual({ kind: 'queued', refusal });
    expect(state.notices).toEqual([]);
  });

  it('gives up what was sent by another session of ours, and sends the rest as the new one', () => {
    const sent = sends(after(...CONNECTED, WRITTEN));
    const both = reduce(sent, { ...WRITTEN, id: 'm8' });
    const renewed = reduce(both, frame(welcome([ANN], { connectionId: 'me2=', session: 'session-me2' })));
    const lines = partner(renewed, ANN)?.conversation?.lines ?? [];
    expect(lines.map((line) => line.sent?.status.kind)).toEqual(['unconfirmed', 'queued']);
    expect(dueIn(renewed.outbox, 6, pairsIn(renewed))).toEqual([
      jasmine.objectContaining({ id: 'm8', stream: 'session-me2', seq: 0, base: 0 }),
    ]);
  });

  it('goes on with its streams as the same session, and sends again on its new connection', () => {
    const sent = sends(after(...CONNECTED, WRITTEN));
    const resumed = reduce(sent, frame(welcome([ANN], { connectionId: 'me2=', recovered: true })));
    expect(dueIn(resumed.outbox, 6, pairsIn(resumed)).map(({ id, pair }) => [id, pair.ours])).toEqual([
      ['m7', 'me2='],
    ]);
  });

  it('shows what overtook only when its turn has come, and each message once', () => {
    const at = (seq: number) => frame(message(ANN, `${seq}`, { id: `a${seq}`, stream: 's', seq, base: 0 }));
    const texts = (state: State) => partner(state, ANN)?.conversation?.lines.map(({ text }) => text);
    const early = after(...CONNECTED, at(0), at(2));
    expect(texts(early)).toEqual(['0']);
    const state = [at(1), at(0), at(2)].reduce(reduce, early);
    expect(texts(state)).toEqual(['0', '1', '2']);
    expect(partner(state, ANN)?.unread).toBe(3);
  });

  it('[P16] does not take the former connection of a peer for its newest by a late message', () => {
    const again = { ...ANN, connectionId: 'B2=', connectedAt: 3000 };
    const late = message({ ...ANN, connectionId: 'B0=' }, 'late', { sentAt: 2000 });
    const state = after(...CONNECTED, frame(joined(again)), frame(late));
    expect(partner(state, ANN)?.connectionId).toBe('B2=');
    const early = message({ ...ANN, connectionId: 'B3=' }, 'early', { sentAt: 4000 });
    expect(partner(reduce(state, frame(early)), ANN)?.connectionId).toBe('B3=');
  });

  const troubles: readonly [string, Arrival, string, string][] = [
    ['a refusal of no message', refused({ code: 'invalid', reason: 'bad' }), 'server', 'invalid: bad'],
    [
      '[P41] the trouble of API Gateway',
      { type: 'gateway-trouble', message: 'Forbidden', requestId: 'R=' },
      'gateway',
      'Forbidden (request R=)',
    ],
    [
      '[P5] a frame that it cannot read',
      { type: 'malformed', reason: 'the frame is not JSON' },
      'here',
      'the frame is not JSON',
    ],
  ];
  for (const [what, arrival, from, text] of troubles) {
    it(`keeps ${what} for people to see until it is dismissed`, () => {
      const state = after(...CONNECTED, frame(arrival, 8));
      expect(state.notices).toEqual([jasmine.objectContaining({ from, text, at: 8 })]);
      const [notice] = state.notices;
      expect(notice && reduce(state, { type: 'dismissed', key: notice.key }).notices).toEqual([]);
    });
  }

  it('keeps the newest notices of a flood', () => {
    const flood = Array.from({ length: 50 }, (_, n) => frame({ type: 'malformed', reason: `no ${n}` }));
    const { notices } = after(...CONNECTED, ...flood);
    expect(notices.map(({ text }) => text)).toEqual(['no 45', 'no 46', 'no 47', 'no 48', 'no 49']);
  });

  it('[P22] mends its list by the pong that answers a ping', () => {
    const pong = { type: 'pong', id: 'p', listed: [ME, 'T='] } as const;
    const state = after(...CONNECTED, { type: 'pinged', id: 'p' }, frame(pong));
    expect(partnersIn(state).map(({ connectionId }) => connectionId)).toEqual(['T=']);
  });
});
