import { joined, left, ME, message, peer, refused, welcome } from '../../testing/frames.ts';
import type { Arrival } from './socket.ts';
import { partnersIn } from './partners.ts';
import { type Event, INITIAL, reduce, type State } from './state.ts';

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

describe('state', () => {
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

  it('reads what was unread when its conversation is opened', () => {
    const state = after(...CONNECTED, frame(message(ANN, 'one')), selected(ANN));
    expect(partner(state, ANN)?.unread).toBe(0);
  });

  it('marks a refused message where it stands, and says it nowhere else', () => {
    const request = {
      type: 'message',
      forward: 'B=',
      id: 'm7',
      stream: 's',
      seq: 0,
      base: 0,
      data: 'hi',
    } as const;
    const state = after(
      ...CONNECTED,
      { type: 'sent', peer: ANN, request, at: 6 },
      frame(refused({ id: 'm7', code: 'throttled', reason: 'slow down' })),
    );
    expect(partner(state, ANN)?.conversation?.lines[0]?.sent?.status).toEqual({
      kind: 'refused',
      code: 'throttled',
      reason: 'slow down',
    });
    expect(state.notices).toEqual([]);
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

  it('[P14] carries a receipt without acting on it', () => {
    const state = after(...CONNECTED);
    expect(reduce(state, frame({ type: 'receipt', from: 'B=', session: 'b', ids: ['m1'] }))).toBe(state);
  });
});
