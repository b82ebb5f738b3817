import { Subject } from 'rxjs';
import { FakeNetwork, type FakeSocket } from '../../testing/fake-network.ts';
import { joined, message, peer, refused, welcome } from '../../testing/frames.ts';
import { VirtualTime } from '../../testing/virtual-time.ts';
import { DRAIN_MS, QUIET_MS, succession, type SuccessionEvent } from './succession.ts';

const ANN = peer('B=');
const DURATION_MS = 100_000;
/** Without chance. */
const EARLY_MS = 80_000;

function setup() {
  const network = new FakeNetwork();
  const time = new VirtualTime();
  const doubts = new Subject<void>();
  const events: SuccessionEvent[] = [];
  succession({
    ...{ url: 'ws://localhost/dev', room: 'lobby', pingMs: DURATION_MS * 10, maxDurationMs: DURATION_MS },
    WebSocket: network.WebSocket,
    scheduler: time,
    random: () => 0,
    resume: () => ({ session: 's', key: 'k' }),
    known: () => [],
    doubts,
  }).subscribe((event) => events.push(event));
  const [first] = network.sockets;
  if (!first) throw new Error('No socket was opened.');
  const live = (socket: FakeSocket) => {
    socket.accept();
    socket.say(welcome());
  };
  live(first);
  const kinds = () => events.map(({ type }) => type);
  const framesSince = (from: number) =>
    events.slice(from).flatMap((event) => (event.type === 'frame' ? [event.frame.type] : []));
  return { doubts, events, first, framesSince, kinds, live, network, time };
}

describe('succession', () => {
  it('opens the next connection before the first is closed for its age, and resumes', () => {
    const { events, first, live, network, time } = setup();
    time.pass(EARLY_MS - 1);
    expect(network.sockets.length).toBe(1);
    time.pass(1);
    expect(network.sockets.length).toBe(2);
    expect(first.isLive).toBeTrue();
    live(network.socket);
    const hello = jasmine.objectContaining({ type: 'hello', resume: { session: 's', key: 'k' } });
    expect(network.socket.heard).toEqual([hello]);
    expect(events.map(({ type }) => type)).toEqual(['opened', 'live', 'frame', 'opened', 'live', 'frame']);
  });

  it('sends by the first until the next is welcome, then by the next', () => {
    const { events, first, live, network, time } = setup();
    const say = (id: string) => {
      const wire = events.flatMap((event) => (event.type === 'live' ? [event.wire] : [])).at(-1);
      wire?.send({ type: 'ping', id });
    };
    time.pass(EARLY_MS);
    network.socket.accept();
    say('p1');
    expect(first.heard.at(-1)).toEqual(jasmine.objectContaining({ id: 'p1' }));
    live(network.socket);
    say('p2');
    expect(network.socket.heard.at(-1)).toEqual(jasmine.objectContaining({ id: 'p2' }));
  });

  it('[P16] reads the first until it is quiet, and then closes it', () => {
    const { events, first, framesSince, live, network, time } = setup();
    time.pass(EARLY_MS);
    live(network.socket);
    const from = events.length;
    time.pass(QUIET_MS - 1);
    first.say(message(ANN, 'late'));
    first.say(refused({ code: 'not-member' }));
    expect(framesSince(from)).withContext('that it was replaced is no news').toEqual(['message']);
  });

  it('[P28] hears from the first that a room is closed to it', () => {
    const { events, first, framesSince, live, network, time } = setup();
    time.pass(EARLY_MS);
    live(network.socket);
    const from = events.length;
    first.say(refused({ id: 'm1', code: 'not-member', about: 'receiver' }));
    expect(framesSince(from)).toEqual(['refused']);
    expect(first.isLive).toBeTrue();
  });

  it('closes the first when nothing comes, and at last even if it goes on', () => {
    const quiet = setup();
    quiet.time.pass(EARLY_MS);
    quiet.live(quiet.network.socket);
    quiet.time.pass(QUIET_MS - 1);
    expect(quiet.first.isLive).toBeTrue();
    quiet.time.pass(1);
    expect(quiet.first.isLive).toBeFalse();

    const busy = setup();
    busy.time.pass(EARLY_MS);
    busy.live(busy.network.socket);
    for (let passed = 0; passed < DRAIN_MS; passed += 1000) {
      expect(busy.first.isLive).toBeTrue();
      busy.first.say(joined(ANN));
      busy.time.pass(1000);
    }
    expect(busy.first.isLive).toBeFalse();
    expect(busy.network.live).toBe(1);
    expect(busy.kinds()).not.toContain('ended');
  });

  it('shows no end when the first is closed after the next took over', () => {
    const { first, kinds, live, network, time } = setup();
    time.pass(EARLY_MS);
    live(network.socket);
    first.hangUp(1001);
    expect(kinds()).not.toContain('ended');
    network.socket.hangUp(1001);
    expect(kinds().at(-1)).toBe('ended');
  });

  it('tries again when the next connection fails, while the first goes on', () => {
    const { kinds, live, network, time } = setup();
    time.pass(EARLY_MS);
    network.socket.refuse();
    expect(kinds()).not.toContain('ended');
    time.pass(DURATION_MS * 0.02);
    expect(network.sockets.length).toBe(3);
    live(network.socket);
    expect(kinds().at(-1)).toBe('frame');
    expect(network.live).toBe(2);
  });

  it('ends with the first, and takes the next with it, when that is not welcome yet', () => {
    const { events, first, network, time } = setup();
    time.pass(EARLY_MS);
    first.hangUp(1001);
    expect(events.at(-1)).toEqual({ type: 'ended', why: { kind: 'closed', code: 1001, reason: '' } });
    expect(network.live).toBe(0);
    const { length } = events;
    time.pass(DURATION_MS * 10);
    expect(events.length).toBe(length);
    expect(network.sockets.length).toBe(2);
  });

  it('goes on like that, with never more than two', () => {
    const { kinds, live, network, time } = setup();
    for (let round = 2; round <= 5; round++) {
      time.pass(EARLY_MS);
      expect(network.sockets.length).toBe(round);
      expect(network.live).toBe(2);
      live(network.socket);
      time.pass(QUIET_MS);
      expect(network.live).toBe(1);
      time.pass(0);
    }
    expect(kinds()).not.toContain('ended');
  });

  it('asks nobody on a connection that was replaced', () => {
    const { doubts, first, live, network, time } = setup();
    time.pass(EARLY_MS);
    live(network.socket);
    doubts.next();
    expect(first.heard.length).toBe(1);
    expect(network.socket.heard.at(-1)).toEqual(jasmine.objectContaining({ type: 'ping' }));
  });
});
