import { RESUME_WINDOW_MS } from '#protocol';
import { FakeNetwork } from '../../testing/fake-network.ts';
import { joined, left, ME, message, peer, refused, welcome } from '../../testing/frames.ts';
import { VirtualTime } from '../../testing/virtual-time.ts';
import { MOST_LINES } from './conversation.ts';
import { LONGEST_MS, SHORTEST_MS, STEADY_MS } from './backoff.ts';
import { Client } from './client.ts';
import type { ClientOptions } from './options.ts';
import { PONG_MS } from './link.ts';
import { FRAME_LIMIT } from './outgoing.ts';
import type { Pass } from './pass.ts';
import { partnersIn } from './partners.ts';

const ANN = peer('B=', { name: 'Ann' });

function setup({
  random = 0,
  ...options
}: Omit<Partial<ClientOptions>, 'random'> & { random?: number } = {}) {
  const network = new FakeNetwork();
  const time = new VirtualTime();
  const client = new Client({
    url: 'ws://localhost:3001/dev',
    room: 'lobby',
    ...options,
    WebSocket: network.WebSocket,
    scheduler: time,
    random: () => random,
  });
  const welcomed = () => {
    network.socket.accept();
    network.socket.say(welcome([ANN]));
  };
  const live = () => {
    client.open();
    welcomed();
  };
  const listed = () => partnersIn(client.state).map(({ connectionId }) => connectionId);
  return { client, listed, live, network, time, welcomed };
}

describe('Client', () => {
  it('[P2] connects to the room and under the name it was given', () => {
    const { client, network } = setup({ name: 'Ann & Bob' });
    client.open();
    expect(network.socket.url).toBe('ws://localhost:3001/dev?room=lobby&name=Ann+%26+Bob');
    expect(network.speaksV1).toBeTrue();
  });

  it('opens one socket however often it is asked', () => {
    const { client, network } = setup();
    client.open();
    client.open();
    client.reconnect();
    client.wake();
    expect(network.sockets.length).toBe(1);
  });

  it('[P28] connects not at all while something is lacking, and at once when it is asked to try again', async () => {
    const passes: Pass[] = [
      { lack: { what: 'missing', credential: 'invitation' } },
      { offers: ['invite.i'] },
      { offers: ['invite.j'] },
    ];
    const { client, network, time, welcomed } = setup({
      pass: () => Promise.resolve(passes.shift() ?? { offers: [] }),
    });
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    client.open();
    await turn();
    expect(client.state.phase).toEqual(
      jasmine.objectContaining({ kind: 'waiting', attempt: 1, retryAt: Infinity, failedHandshakes: 0 }),
    );
    time.pass(LONGEST_MS * 10);
    await turn();
    expect(network.sockets.length).toBe(0);
    client.reconnect();
    await turn();
    expect(network.socket.protocols).toContain('invite.i');
    welcomed();
    network.socket.hangUp(1001);
    time.pass(LONGEST_MS);
    await turn();
    expect(network.socket.protocols).withContext('asked anew at each connect').toContain('invite.j');
  });

  it('tells its states from the current one on', () => {
    const { client, live } = setup();
    const kinds: string[] = [];
    client.states.subscribe(({ phase }) => kinds.push(phase.kind));
    live();
    expect([...new Set(kinds)]).toEqual(['disconnected', 'connecting', 'connected']);
  });

  const endings: readonly [string, (network: FakeNetwork) => void][] = [
    ['a clean close', ({ socket }) => socket.hangUp(1000)],
    ['a close for going away', ({ socket }) => socket.hangUp(1001, 'Going away')],
    ['a frame that was too long', ({ socket }) => socket.hangUp(1009)],
    ['a failure of the server', ({ socket }) => socket.hangUp(1011)],
    ['a restart of the server', ({ socket }) => socket.hangUp(1012)],
    ['a broken connection', ({ socket }) => socket.break()],
    [
      '[P23] the news that it is a member no more',
      ({ socket }) => socket.say(refused({ code: 'not-member' })),
    ],
  ];
  for (const [what, end] of endings) {
    it(`comes back after ${what}`, () => {
      const { client, live, network, time, welcomed } = setup();
      live();
      time.pass(STEADY_MS);
      end(network);
      expect(client.state.phase.kind).toBe('waiting');
      time.pass(SHORTEST_MS - 1);
      expect(network.sockets.length).toBe(1);
      time.pass(1);
      expect(network.sockets.length).toBe(2);
      expect(network.live).toBe(1);
      welcomed();
      expect(client.state.phase.kind).toBe('connected');
    });
  }

  it('comes back after a refused handshake, counts the attempts, and waits longer each time up to a ceiling', () => {
    const { client, network, time } = setup({ random: 1 });
    client.open();
    const pauses: number[] = [];
    for (let attempt = 2; attempt <= 6; attempt++) {
      network.socket.refuse();
      const { phase } = client.state;
      if (phase.kind !== 'waiting') throw new Error(`It is ${phase.kind}.`);
      expect(phase.attempt).toBe(attempt);
      expect(phase.failedHandshakes).toBe(attempt - 1);
      pauses.push(phase.retryAt - time.now());
      time.pass(phase.retryAt - time.now());
    }
    expect(pauses).toEqual([6000, 18_000, LONGEST_MS, LONGEST_MS, LONGEST_MS]);
    expect(network.sockets.length).toBe(6);
  });

  it('comes back after a ping that nothing answers, leaving the silent socket for good', () => {
    const { client, listed, live, network, time, welcomed } = setup();
    live();
    const silent = network.socket;
    client.wake();
    time.pass(PONG_MS);
    expect(silent.isLive).toBeFalse();
    time.pass(SHORTEST_MS);
    welcomed();
    silent.say(left(ANN));
    silent.say(joined(peer('X=')));
    silent.hangUp();
    expect(client.state.phase.kind).toBe('connected');
    expect(listed()).toEqual(['B=']);
  });

  it('comes back at once when the network does, or when asked to', () => {
    for (const verb of ['wake', 'reconnect'] as const) {
      const { client, live, network } = setup();
      live();
      network.socket.break();
      client[verb]();
      expect(network.sockets.length).toBe(2);
      expect(network.live).toBe(1);
    }
  });

  it('does not connect twice when the pause ends after it was cut short', () => {
    const { client, live, network, time } = setup();
    live();
    network.socket.break();
    client.reconnect();
    time.pass(LONGEST_MS / 3);
    expect(network.sockets.length).toBe(2);
  });

  it('stays away after a close that the user asked for, until asked again', () => {
    const { client, live, network, time } = setup();
    live();
    client.close();
    expect(client.state.phase.kind).toBe('disconnected');
    expect(network.live).toBe(0);
    client.wake();
    time.pass(LONGEST_MS * 10);
    expect(network.sockets.length).toBe(1);
    client.reconnect();
    expect(network.sockets.length).toBe(2);
  });

  it('[P11] sends a message to the connection of its partner, and shows it as sent', () => {
    const { client, live, network } = setup();
    live();
    expect(client.send(ANN.session, 'Hello')).toBe('sent');
    expect(network.socket.heard.at(-1)).toEqual(
      jasmine.objectContaining({ type: 'message', forward: 'B=', seq: 0, base: 0, data: 'Hello' }),
    );
    const [line] = client.state.conversations.get(ANN.session)?.lines ?? [];
    expect(line).toEqual(jasmine.objectContaining({ text: 'Hello' }));
    expect(line?.sent?.status.kind).toBe('sent');
  });

  it('[P7] sends no message before the welcome', () => {
    const { client, network } = setup();
    client.open();
    network.socket.accept();
    network.socket.say(joined(ANN));
    expect(client.send(ANN.session, 'Hello')).toBe('queued');
    expect(network.socket.heard.length).toBe(1);
    network.socket.say(welcome([ANN]));
    expect(network.socket.heard.at(-1)).toEqual(jasmine.objectContaining({ type: 'message', data: 'Hello' }));
  });

  it('queues what is written while it reconnects, and after its user disconnected, for when it is back', () => {
    const { client, live, network, time, welcomed } = setup();
    live();
    network.socket.hangUp(1001);
    expect(client.send(ANN.session, 'one')).toBe('queued');
    client.close();
    expect(client.send(ANN.session, 'two')).toBe('queued');
    client.open();
    welcomed();
    time.pass(0);
    expect(network.socket.heard.slice(1)).toEqual([
      jasmine.objectContaining({ type: 'message', data: 'one' }),
      jasmine.objectContaining({ type: 'message', data: 'two' }),
    ]);
  });

  it('[P15] queues for a peer that may come back as the same, and refuses when it cannot any more', () => {
    const { client, live, network, time } = setup();
    live();
    network.socket.say(message(ANN, 'brb'));
    network.socket.say(left(ANN));
    time.pass(RESUME_WINDOW_MS - 1);
    expect(client.send(ANN.session, 'wait')).toBe('queued');
    expect(network.socket.heard.filter((frame) => JSON.stringify(frame).includes('wait'))).toEqual([]);
    time.pass(1);
    expect(client.send(ANN.session, 'too late')).toBe('gone');
    network.socket.say(joined(peer('B2=', { session: ANN.session, connectedAt: ANN.connectedAt + 1 })));
    expect(network.socket.heard).toContain(jasmine.objectContaining({ forward: 'B2=', data: 'wait' }));
    network.socket.say(left(peer('B2=')));
    expect(client.send(ANN.session, 'in time again')).toBe('queued');
  });

  it('keeps the window that it was told of', () => {
    const { client, live, network, time } = setup({ resumeWindowMs: 3000 });
    live();
    client.send(ANN.session, 'Hello');
    network.socket.say(left(ANN));
    time.pass(3000);
    expect(client.send(ANN.session, 'too late')).toBe('gone');
    time.pass(1000);
    const [line] = client.state.conversations.get(ANN.session)?.lines ?? [];
    expect(line?.sent?.status.kind).toBe('unconfirmed');
  });

  it('keeps a message that meets a closing socket, and sends it on the next', () => {
    const { client, live, network, time, welcomed } = setup();
    live();
    network.socket.beginToClose();
    expect(client.send(ANN.session, 'Hello')).toBe('queued');
    network.socket.hangUp(1001);
    time.pass(SHORTEST_MS);
    welcomed();
    expect(network.socket.heard.at(-1)).toEqual(jasmine.objectContaining({ type: 'message', data: 'Hello' }));
  });

  it('[P6] sends no frame over the limit, and every frame up to it', () => {
    const { client, live, network } = setup();
    live();
    const room = FRAME_LIMIT - client.measure(ANN.session, '');
    expect(client.send(ANN.session, 'x'.repeat(room + 1))).toBe('too-large');
    expect(network.socket.heard.length).toBe(1);
    expect(client.send(ANN.session, 'x'.repeat(room))).toBe('sent');
  });

  it('refuses an empty text, a partner that never was, and a terminal that has left', () => {
    const { client, live, network } = setup();
    live();
    const terminal = peer('T=', { dialect: 'plain' });
    expect(client.send(ANN.session, ' \n')).toBe('empty');
    expect(client.send('nobody', 'Hello')).toBe('gone');
    network.socket.say(joined(terminal));
    client.select(terminal.session);
    network.socket.say(left(terminal));
    expect(client.send(terminal.session, 'wait')).toBe('gone');
    expect(network.socket.heard.length).toBe(1);
  });

  it('keeps its conversations through a reconnection, in new streams since it is a new session', () => {
    const { client, live, network, time } = setup();
    live();
    client.send(ANN.session, 'one');
    network.socket.hangUp();
    time.pass(SHORTEST_MS);
    network.socket.accept();
    network.socket.say(welcome([peer(ME), ANN], { connectionId: 'me2=', session: 'session-me2' }));
    expect(client.send(ANN.session, 'two')).toBe('sent');
    const lines = client.state.conversations.get(ANN.session)?.lines ?? [];
    expect(lines.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(lines[0]?.sent?.stream).not.toBe(lines[1]?.sent?.stream);
    expect(partnersIn(client.state).map(({ connectionId }) => connectionId)).toEqual(['B=']);
  });

  it('tells of every message that is shown, in a conversation that is full, too', () => {
    const { client, live, network } = setup();
    live();
    const shown: string[] = [];
    client.shown.subscribe(({ text }) => shown.push(text));
    const said = Array.from({ length: MOST_LINES + 2 }, (_, n) => `number ${n}`);
    for (const [n, text] of said.entries()) network.socket.say({ ...message(ANN, text), id: `m${n}` });
    expect(shown).toEqual(said);
  });

  it('tells every event after its state has taken it in', () => {
    const { client, live, network } = setup();
    live();
    let seen: string | undefined;
    client.events.subscribe(() => (seen = client.state.conversations.get(ANN.session)?.lines[0]?.text));
    network.socket.say(message(ANN, 'hi'));
    expect(seen).toBe('hi');
  });
});
