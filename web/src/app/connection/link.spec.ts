import { Subject } from 'rxjs';
import { PING_INTERVAL_MS, SUBPROTOCOL } from '#protocol';
import { FakeNetwork } from '../../testing/fake-network.ts';
import { left, peer, refused, welcome } from '../../testing/frames.ts';
import { VirtualTime } from '../../testing/virtual-time.ts';
import {
  type Ending,
  HANDSHAKE_MS,
  link,
  type LinkEvent,
  type LinkOptions,
  PONG_MS,
  WELCOME_MS,
} from './link.ts';
import type { Lack, Pass } from './pass.ts';

function setup(about: Partial<LinkOptions> = {}) {
  const network = new FakeNetwork();
  const time = new VirtualTime();
  const doubts = new Subject<void>();
  const events: LinkEvent[] = [];
  link({
    url: 'ws://localhost/dev',
    room: 'lobby',
    WebSocket: network.WebSocket,
    scheduler: time,
    pingMs: PING_INTERVAL_MS,
    known: () => ['B='],
    ...about,
    doubts,
  }).subscribe((event) => events.push(event));
  const { socket } = network;
  const ending = (): Ending | undefined =>
    events.flatMap((event) => (event.type === 'ended' ? [event.why] : []))[0];
  const pings = () => events.flatMap((event) => (event.type === 'pinged' ? [event.id] : []));
  const live = () => {
    socket.accept();
    socket.say(welcome());
  };
  return { doubts, ending, events, live, pings, socket, time };
}

describe('link', () => {
  describe('with something to bring', () => {
    async function bringing(pass: () => Promise<Pass>) {
      const network = new FakeNetwork();
      const events: LinkEvent[] = [];
      const ended = new Promise<void>((resolve) => {
        link({
          ...{ url: 'ws://localhost/dev', room: 'lobby', WebSocket: network.WebSocket, pass },
          ...{
            scheduler: new VirtualTime(),
            pingMs: PING_INTERVAL_MS,
            known: () => [],
            doubts: new Subject(),
          },
        }).subscribe({ next: (event) => events.push(event), complete: resolve });
      });
      await new Promise((resolve) => setTimeout(resolve));
      return { ended, events, network };
    }

    it('[P27] [P28] offers it beside the dialect', async () => {
      const { network } = await bringing(() => Promise.resolve({ offers: ['invite.i'] }));
      expect(network.socket.protocols).toEqual([SUBPROTOCOL, 'invite.i']);
    });

    it('opens no socket where it lacks what is asked for, and says what', async () => {
      const lack: Lack = { what: 'missing', credential: 'invitation' };
      const { ended, events, network } = await bringing(() => Promise.resolve({ lack }));
      await ended;
      expect(events).toEqual([{ type: 'ended', why: { kind: 'barred', lack } }]);
      expect(network.sockets).toEqual([]);
    });

    it('ends as after a failed handshake when it cannot be told what to bring', async () => {
      const { ended, events } = await bringing(() => Promise.reject(new Error('not fetched')));
      await ended;
      expect(events).toEqual([
        { type: 'ended', why: { kind: 'handshake-failed', reason: 'Error: not fetched' } },
      ]);
    });
  });

  it('[P7] says hello as soon as it is open, and nothing else until a welcome arrives', () => {
    const { doubts, socket, time } = setup();
    expect(socket.heard).toEqual([]);
    socket.accept();
    doubts.next();
    time.pass(WELCOME_MS - 1);
    expect(socket.heard).toEqual([{ action: 'sendMessageRoute', type: 'hello', room: 'lobby' }]);
  });

  it('[P15] asks in its hello for the session to go on with', () => {
    const resume = { session: 's', key: 'k' };
    const { socket } = setup({ resume });
    socket.accept();
    expect(socket.heard).toEqual([{ action: 'sendMessageRoute', type: 'hello', room: 'lobby', resume }]);
  });

  it('ends when the handshake is never answered', () => {
    const { ending, socket, time } = setup();
    time.pass(HANDSHAKE_MS - 1);
    expect(ending()).toBeUndefined();
    time.pass(1);
    expect(ending()).toEqual({ kind: 'handshake-slow' });
    expect(socket.isLive).toBeFalse();
  });

  it('ends when no welcome comes', () => {
    const { ending, socket, time } = setup();
    socket.accept();
    time.pass(WELCOME_MS - 1);
    expect(ending()).toBeUndefined();
    time.pass(1);
    expect(ending()).toEqual({ kind: 'no-welcome' });
    expect(socket.isLive).toBeFalse();
  });

  it('stays after its welcome for as long as pings are answered', () => {
    const { ending, live, pings, socket, time } = setup();
    live();
    time.pass(PONG_MS);
    for (let round = 1; round <= 3; round++) {
      time.pass(PING_INTERVAL_MS - PONG_MS);
      expect(pings().length).toBe(round);
      socket.say({ type: 'pong', id: pings().at(-1), listed: [] });
      time.pass(PONG_MS);
    }
    expect(ending()).toBeUndefined();
  });

  it('[P13] pings at the interval that keeps the lease, under an id that its events name', () => {
    const { live, pings, socket, time } = setup();
    live();
    time.pass(PING_INTERVAL_MS - 1);
    expect(socket.heard.length).toBe(1);
    time.pass(1);
    expect(socket.heard.at(-1)).toEqual({
      action: 'sendMessageRoute',
      type: 'ping',
      id: pings()[0],
      known: ['B='],
    });
  });

  it('pings at once when in doubt, but not twice while an answer is due', () => {
    const { doubts, live, pings } = setup();
    live();
    doubts.next();
    doubts.next();
    expect(pings().length).toBe(1);
  });

  it('ends when nothing is heard after a ping', () => {
    const { doubts, ending, live, socket, time } = setup();
    live();
    doubts.next();
    time.pass(PONG_MS - 1);
    expect(ending()).toBeUndefined();
    time.pass(1);
    expect(ending()).toEqual({ kind: 'silent' });
    expect(socket.isLive).toBeFalse();
  });

  it('takes any frame for a sign of life', () => {
    const { doubts, ending, live, socket, time } = setup();
    live();
    doubts.next();
    socket.say(left(peer('B=')));
    time.pass(PONG_MS * 2);
    expect(ending()).toBeUndefined();
  });

  it('ends at once when a ping cannot be sent', () => {
    const { doubts, ending, live, socket } = setup();
    live();
    socket.beginToClose();
    doubts.next();
    expect(ending()).toEqual({ kind: 'silent' });
  });

  const beforeWelcome: readonly [string, object, Ending][] = [
    [
      'room-full',
      refused({ code: 'room-full', reason: 'full' }),
      { kind: 'refused', code: 'room-full', reason: 'full' },
    ],
    [
      'invalid',
      refused({ code: 'invalid', reason: 'no' }),
      { kind: 'refused', code: 'invalid', reason: 'no' },
    ],
    [
      "the gateway's trouble",
      { message: 'Internal server error' },
      { kind: 'trouble', message: 'Internal server error' },
    ],
  ];
  for (const [what, frame, why] of beforeWelcome) {
    it(`takes ${what} before the welcome for an answer to its hello, and ends`, () => {
      const { ending, socket } = setup();
      socket.accept();
      socket.say(frame);
      expect(ending()).toEqual(why);
      expect(socket.isLive).toBeFalse();
    });
  }

  it('[P23] ends when it is a member no more, after handing on the frame that says so', () => {
    const { ending, events, live, socket } = setup();
    live();
    socket.say(refused({ id: 'm1', code: 'not-member', reason: 'unknown' }));
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['frame', 'ended']);
    expect(ending()).toEqual({ kind: 'refused', code: 'not-member', reason: 'unknown' });
  });

  it('[P28] stays connected when it is the receiver whose room is closed to it', () => {
    const { ending, events, live, socket } = setup();
    live();
    socket.say(refused({ id: 'm1', code: 'not-member', about: 'receiver' }));
    expect(events.at(-1)?.type).toBe('frame');
    expect(ending()).toBeUndefined();
    expect(socket.isLive).toBeTrue();
  });

  it('[P41] stays connected through trouble of a message', () => {
    const { ending, live, socket } = setup();
    live();
    socket.say(refused({ id: 'm1' }));
    socket.say({ message: 'Internal server error' });
    socket.say('not JSON');
    expect(ending()).toBeUndefined();
  });

  it('tells a failed handshake from a closed connection', () => {
    const failed = setup();
    failed.socket.refuse();
    expect(failed.ending()).toEqual({ kind: 'handshake-failed', reason: '' });

    const closed = setup();
    closed.live();
    closed.socket.hangUp(1001, 'Going away');
    expect(closed.ending()).toEqual({ kind: 'closed', code: 1001, reason: 'Going away' });
  });

  it('says nothing after its end', () => {
    const { doubts, events, live, socket, time } = setup();
    live();
    socket.hangUp();
    const { length } = events;
    socket.say(left(peer('B=')));
    doubts.next();
    time.pass(PING_INTERVAL_MS * 2);
    expect(events.length).toBe(length);
  });
});
