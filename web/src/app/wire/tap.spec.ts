import { SUBPROTOCOL } from '#protocol';
import { joined, left, message, peer, refused, welcome } from '../../testing/frames.ts';
import { request, wired } from '../../testing/wire.ts';

const ANN = peer('ann=', { name: 'Ann' });
const written = (id: string) =>
  request('message', { forward: ANN.connectionId, id, stream: 's', seq: 0, base: 0, data: 'Hi' });

function setup() {
  const around = wired();
  const last = () => around.log.entries.at(-1);
  return { ...around, last };
}

describe('a tapped socket', () => {
  it('is the socket that it stands before', () => {
    const { network, open } = setup();
    const { page, socket } = open();
    const heard: unknown[] = [];
    page.onmessage = ({ data }: { data: unknown }) => heard.push(data);
    page.onclose = ({ code }: { code: number }) => heard.push(code);
    socket.say('one');
    page.send('"two"');
    socket.bufferedAmount = 5;
    expect([socket.url, socket.protocols]).toEqual(['wss://example.com/dev?room=lobby', [SUBPROTOCOL]]);
    expect([page.readyState, page.bufferedAmount]).toEqual([1, 5]);
    expect(socket.heard).toEqual(['two']);
    page.close();
    expect(network.live).toBe(0);
    socket.hangUp(1001);
    expect(heard).toEqual(['one', 1001]);
  });

  it('writes down each frame with its direction, kind, size in bytes and text', () => {
    const { clock, log, open } = setup();
    const { page, socket } = open();
    clock.now = 1234.5;
    socket.say('{"message":"Forbidden","requestId":"r"}');
    page.send(request('ping', { id: 'p' }));
    page.send('{"action":"sendMessageRoute","data":"who am i"}');
    page.send('gärbage');
    socket.say('YOUR ID: é');
    socket.say('{"type":"none"}');
    const rows = log.entries.map(({ direction, kind, bytes }) => [direction, kind, bytes]);
    expect(rows).toEqual([
      ['event', 'open', 0],
      ['in', 'gateway', 39],
      ['out', 'ping', 52],
      ['out', 'plain', 47],
      ['out', 'malformed', 8],
      ['in', 'plain', 11],
      ['in', 'malformed', 15],
    ]);
    expect(log.entries[4]).toEqual(jasmine.objectContaining({ text: 'gärbage', at: 1234.5, seat: '1' }));
  });

  it('numbers the frames of each socket, either way, and tells its address', () => {
    const { log, open } = setup();
    for (const me of ['one=', 'other=']) {
      const { page, socket } = open();
      page.send(request('hello', { room: 'lobby' }));
      socket.say(welcome([], { connectionId: me }));
      socket.sayBytes();
      page.send('x');
    }
    const numbers = log.entries.map(({ socket, direction, frame }) => [socket, direction, frame]);
    expect(numbers.slice(0, 5)).toEqual([
      [0, 'event', undefined],
      [0, 'out', 1],
      [0, 'in', 1],
      [0, 'in', 2],
      [0, 'out', 2],
    ]);
    expect(numbers.slice(5).map(([, , frame]) => frame)).toEqual([undefined, 1, 1, 2, 2]);
    expect([0, 1].map((socket) => log.sockets.get(socket)?.connectionId)).toEqual(['one=', 'other=']);
  });

  it('writes nothing down that was not sent', () => {
    const { log, open } = setup();
    const { page, socket } = open();
    socket.hangUp();
    const before = log.entries.length;
    expect(() => page.send('late')).toThrow();
    expect(log.entries.length).toBe(before);
  });

  it('knows a binary frame by its size', () => {
    const { last, open } = setup();
    open().socket.sayBytes();
    expect(last()).toEqual(jasmine.objectContaining({ kind: 'binary', bytes: 5, text: '' }));
  });

  it('writes down how long the handshake took, what closed the socket, and who wanted it', () => {
    const { clock, dial, last, log, open } = setup();
    const { page: early, socket } = dial();
    clock.now += 30;
    socket.accept();
    expect(last()).toEqual(jasmine.objectContaining({ kind: 'open', roundTripMs: 30 }));
    early.close();
    socket.hangUp(1000, '');
    expect(last()).toEqual(jasmine.objectContaining({ kind: 'close', code: 1000, ours: true }));
    open().socket.hangUp(1001, 'Going away');
    expect(last()).toEqual(
      jasmine.objectContaining({ kind: 'close', code: 1001, text: 'Going away', ours: false }),
    );
    expect(log.entries.map(({ socket }) => socket)).toEqual([0, 0, 1, 1]);
  });

  it('says whom a frame is for or from, by session once that is known', () => {
    const { log, open } = setup();
    const { page, socket } = open();
    page.send(written('m0'));
    socket.say(welcome([ANN]));
    page.send(written('m1'));
    socket.say(message(ANN, 'Hi', { id: 'm2' }));
    socket.say(left(ANN));
    socket.say(joined(peer('bob=')));
    expect(log.entries.map(({ peer, messageId }) => [peer, messageId])).toEqual([
      [undefined, undefined],
      ['ann=', 'm0'],
      [undefined, undefined],
      ['session-ann', 'm1'],
      ['session-ann', 'm2'],
      ['session-ann', undefined],
      ['session-bob', undefined],
    ]);
    expect([log.nameOf('session-ann'), log.nameOf('session-bob')]).toEqual(['Ann', undefined]);
  });

  it('measures from a frame to its answer, and shows it on both', () => {
    const { clock, log, open } = setup();
    const { page, socket } = open();
    const later = (ms: number) => (clock.now += ms);
    page.send(request('hello', { room: 'lobby' }));
    later(5);
    socket.say(welcome());
    page.send(written('m1'));
    page.send(written('m2'));
    page.send(request('ping', { id: 'p' }));
    later(7);
    socket.say({ type: 'receipt', from: ANN.connectionId, session: ANN.session, ids: ['m1'] });
    later(1);
    socket.say(refused({ id: 'm2' }));
    later(1);
    socket.say({ type: 'pong', id: 'p', listed: [] });
    socket.say({ type: 'receipt', from: ANN.connectionId, session: ANN.session, ids: ['m1', 'never'] });
    const times = log.entries.slice(1).map(({ kind, roundTripMs }) => [kind, roundTripMs]);
    expect(times).toEqual([
      ['hello', 5],
      ['welcome', 5],
      ['message', 7],
      ['message', 8],
      ['ping', 9],
      ['receipt', 7],
      ['refused', 8],
      ['pong', 9],
      ['receipt', undefined],
    ]);
  });

  it('knows a receipt that comes over the next socket of its seat, and none of another seat', () => {
    const { last, open } = setup();
    const receipt = { type: 'receipt', from: ANN.connectionId, session: ANN.session, ids: ['m1'] };
    open().page.send(written('m1'));
    open('2').socket.say(receipt);
    expect(last()?.roundTripMs).toBeUndefined();
    open().socket.say(receipt);
    expect(last()?.roundTripMs).toBe(0);
  });

  it('holds no secret, in nothing that it says of itself', () => {
    const { log, network, open } = setup();
    const { page, socket } = open('1', [SUBPROTOCOL, 'bearer.S3CRET']);
    page.send(request('hello', { room: 'lobby', resume: { session: 's', key: 'S3CRET' } }));
    socket.say(welcome([], { resumeKey: 'S3CRET' }));
    socket.say('{"resumeKey":"S3CRET');
    socket.hangUp(1008, 'bad token: bearer S3CRET');
    expect(network.socket.protocols).toContain('bearer.S3CRET');
    expect(log.entries.map(({ redacted }) => redacted)).toEqual([undefined, true, true, true, true]);
    expect(JSON.stringify([log.entries, log.sockets.get(0)])).not.toContain('S3CRET');
    expect(log.entries[0]?.text).toBe(`wss://example.com/dev?room=lobby\n${SUBPROTOCOL}\nbearer.[redacted]`);
  });
});
