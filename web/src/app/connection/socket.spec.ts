import { SUBPROTOCOL } from '#protocol';
import { FakeNetwork, FakeSocket } from '../../testing/fake-network.ts';
import { openSocket, type SocketEvent } from './socket.ts';

function setup() {
  const network = new FakeNetwork();
  const events: SocketEvent[] = [];
  let completed = false;
  const subscription = openSocket('ws://localhost/dev', network.WebSocket).subscribe({
    next: (event) => events.push(event),
    complete: () => (completed = true),
  });
  const send = () => {
    const opened = events.find((event) => event.type === 'opened');
    return opened?.wire.send({ type: 'ping', id: 'p1' });
  };
  return { events, send, subscription, socket: network.socket, isCompleted: () => completed };
}

describe('openSocket', () => {
  it('[P1] asks for the v1 dialect', () => {
    expect(setup().socket.protocols).toEqual([SUBPROTOCOL]);
  });

  it('offers what it is told beside it', () => {
    const network = new FakeNetwork();
    openSocket('ws://localhost/dev', network.WebSocket, ['invite.i', 'bearer.t']).subscribe();
    expect(network.socket.protocols).toEqual([SUBPROTOCOL, 'invite.i', 'bearer.t']);
  });

  it('tells of opening, and sends nothing of its own accord', () => {
    const { events, socket } = setup();
    expect(events).toEqual([]);
    socket.accept();
    expect(events.map(({ type }) => type)).toEqual(['opened']);
    expect(socket.heard).toEqual([]);
  });

  it('[P4] sends a frame with the action that routes it', () => {
    const { send, socket } = setup();
    socket.accept();
    expect(send()).toBeTrue();
    expect(socket.heard).toEqual([{ action: 'sendMessageRoute', type: 'ping', id: 'p1' }]);
  });

  it('says that it did not send when the socket is closing or closed, and sends nothing', () => {
    const { send, socket } = setup();
    socket.accept();
    socket.beginToClose();
    expect(send()).toBeFalse();
    socket.hangUp();
    expect(send()).toBeFalse();
    expect(socket.heard).toEqual([]);
  });

  it('[P5] describes what is no frame, and reads on', () => {
    const { events, socket } = setup();
    socket.accept();
    socket.say('not JSON');
    socket.sayBytes();
    socket.say({ message: 'Forbidden', requestId: 'R=' });
    socket.say({ type: 'left', connectionId: 'B=' });
    const frames = events.flatMap((event) => (event.type === 'frame' ? [event.frame.type] : []));
    expect(frames).toEqual(['malformed', 'malformed', 'gateway-trouble', 'left']);
  });

  it('ends a clean close with its code and reason, and completes', () => {
    const { events, socket, isCompleted } = setup();
    socket.accept();
    socket.hangUp(1001, 'Going away');
    expect(events.at(-1)).toEqual({ type: 'closed', code: 1001, reason: 'Going away', wasClean: true });
    expect(isCompleted()).toBeTrue();
  });

  it('ends a broken connection once, by its close and not by the error before it', () => {
    const { events, socket, isCompleted } = setup();
    socket.accept();
    socket.break(1007, 'not UTF-8');
    expect(events.slice(1)).toEqual([{ type: 'closed', code: 1007, reason: 'not UTF-8', wasClean: false }]);
    expect(isCompleted()).toBeTrue();
  });

  it('ends when the address cannot be opened at all, saying what the browser says', () => {
    const events: SocketEvent[] = [];
    class Forbidden extends FakeSocket {
      constructor(url: string) {
        super(url);
        throw new Error('insecure from a secure page');
      }
    }
    openSocket('ws://x', Forbidden).subscribe((event) => events.push(event));
    expect(events).toEqual([
      { type: 'closed', code: 1006, reason: 'insecure from a secure page', wasClean: false },
    ]);
  });

  it('closes when nobody listens any more, and is silent afterwards', () => {
    const { events, socket, subscription } = setup();
    socket.accept();
    subscription.unsubscribe();
    expect(socket.readyState).toBe(2);
    socket.say({ type: 'left', connectionId: 'B=' });
    socket.hangUp();
    expect(events.map(({ type }) => type)).toEqual(['opened']);
  });
});
