import { TestBed } from '@angular/core/testing';
import { connected, type Given, surround, until } from '../../testing/page.ts';
import { Credentials } from '../admission/credentials.ts';
import { invite, makeRoomKey } from '../admission/room-key.ts';
import { tokenOf } from '../../testing/fake-tokens.ts';
import { FakeLocks } from '../../testing/fake-locks.ts';
import { left, ME, message, peer, welcome } from '../../testing/frames.ts';
import { SHORTEST_MS } from './backoff.ts';
import { CONFIG_RETRY_MS } from './configuration.ts';
import { type ArrivedMessage, Connection } from './connection.ts';
import { BATCH_MS } from './keeper.ts';
import { PONG_MS } from './link.ts';
import { FETCH } from './tokens.ts';

const ANN = peer('B=', { name: 'Ann' });

async function setup(given: Given = {}) {
  const surroundings = surround(given);
  return { ...surroundings, ...(await connected(surroundings, [ANN])) };
}

describe('Connection', () => {
  it('connects to the URL that config.json names, in the room and under the name of the page address', async () => {
    const { connection, network } = await setup({ search: '?room=blue&name=Me' });
    expect(network.socket.url).toBe('ws://localhost:3001/dev?room=blue&name=Me');
    expect(connection.room).toBe('blue');
    expect(connection.connected()).toBeTrue();
    expect(connection.me()?.connectionId).toBe(ME);
    expect(connection.partners().map(({ name }) => name)).toEqual(['Ann']);
  });

  it('describes a missing config.json, asks again by itself, and connects once it is there', async () => {
    const { network, time } = surround();
    const answers = [
      new Response('', { status: 404 }),
      new Response('{"webSocketUrl":"ws://localhost:1/dev"}'),
    ];
    TestBed.overrideProvider(FETCH, { useValue: () => Promise.resolve(answers.shift()) });
    const connection = TestBed.inject(Connection);
    await until(() => connection.setup().kind === 'no-config');
    expect(connection.setup()).toEqual({
      kind: 'no-config',
      reason: 'config.json was answered with status 404.',
    });
    time.pass(CONFIG_RETRY_MS);
    await until(() => connection.setup().kind === 'ready');
    expect(network.sockets.length).toBe(1);
  });

  it('[P27] waits for a token where the configuration asks for one, and comes anew with each', async () => {
    const config = JSON.stringify({ webSocketUrl: 'ws://localhost:1/dev', auth: 'jwt' });
    const { network } = surround({ config });
    const connection = TestBed.inject(Connection);
    await until(() => connection.phase().kind === 'waiting');
    expect(connection.setup()).toEqual(jasmine.objectContaining({ asks: ['token'] }));
    expect(connection.terminalUrl()).toBe('ws://localhost:1/dev');
    expect(network.sockets).toEqual([]);
    const credentials = TestBed.inject(Credentials);
    for (const sub of ['ann', 'ben']) {
      const token = tokenOf({ sub });
      credentials.keep('token', token);
      await until(() => network.sockets.at(-1)?.protocols.includes(`bearer.${token}`) ?? false);
      expect(network.live).toBe(1);
    }
    credentials.keep('token', undefined);
    await until(() => connection.phase().kind === 'waiting');
    expect(network.live).toBe(0);
  });

  it('[P28] enters a room for members by the invitation of a link, which may be followed later', async () => {
    const key = await makeRoomKey(crypto.subtle);
    const { network } = surround({ search: `?room=${key.room}` });
    const connection = TestBed.inject(Connection);
    expect(connection.membersOnly).toBeTrue();
    await until(() => connection.phase().kind === 'waiting');
    const invitation = await invite(crypto.subtle, key, 3_600_000);
    TestBed.inject(Credentials).keep('invitation', invitation);
    await until(() => network.sockets.length > 0);
    expect(network.socket.protocols).toContain(`invite.${invitation}`);
    expect(network.socket.url).not.toContain(invitation);
    expect(connection.terminalUrl()).toBe(`ws://localhost:3001/dev?room=${key.room}`);
  });

  it('describes a page address that names no room, and opens nothing', () => {
    const { network } = surround({ search: '?room=no%20spaces' });
    expect(TestBed.inject(Connection).setup().kind).toBe('bad-address');
    expect(network.sockets.length).toBe(0);
  });

  it('counts what is unread, and reads it when its conversation is opened', async () => {
    const { connection, socket } = await setup();
    socket.say(message(ANN, 'one'));
    socket.say(message(ANN, 'two'));
    expect(connection.unread()).toBe(2);
    connection.select(ANN.session);
    expect(connection.unread()).toBe(0);
    expect(connection.selected()?.conversation?.lines.length).toBe(2);
    connection.select(undefined);
    expect(connection.selected()).toBeUndefined();
  });

  it('keeps the open conversation when its partner leaves', async () => {
    const { connection, socket } = await setup();
    connection.select(ANN.session);
    socket.say(left(ANN));
    expect(connection.selected()?.here).toBeFalse();
  });

  it('tells of each arriving message, with its sender', async () => {
    const { connection, socket } = await setup();
    const arrivals: ArrivedMessage[] = [];
    connection.arrivals.subscribe((arrival) => arrivals.push(arrival));
    socket.say(message(ANN, 'one'));
    expect(arrivals.map(({ partner, text }) => [partner.name, text])).toEqual([['Ann', 'one']]);
  });

  it('sends, and says what became of it', async () => {
    const { connection, socket } = await setup();
    expect(connection.send(ANN.session, 'Hello')).toBe('sent');
    expect(socket.heard.length).toBe(2);
    expect(connection.measure(ANN.session, 'あ') - connection.measure(ANN.session, '')).toBe(3);
  });

  it('leaves, and comes back when asked', async () => {
    const { connection, network } = await setup();
    connection.disconnect();
    expect(connection.phase().kind).toBe('disconnected');
    expect(network.live).toBe(0);
    connection.reconnect();
    expect(network.live).toBe(1);
  });

  it('comes back at once when the network does', async () => {
    const { connection, network, socket } = await setup();
    socket.break();
    dispatchEvent(new Event('offline'));
    expect(connection.online()).toBeFalse();
    expect(network.sockets.length).toBe(1);
    dispatchEvent(new Event('online'));
    expect(connection.online()).toBeTrue();
    expect(network.sockets.length).toBe(2);
  });

  it('asks whether the connection is alive when somebody looks at the page again', async () => {
    const { socket } = await setup();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(socket.heard.at(-1)).toEqual(jasmine.objectContaining({ type: 'ping' }));
  });

  it('comes back after a close', async () => {
    const { network, socket, time } = await setup();
    socket.hangUp(1001);
    time.pass(SHORTEST_MS);
    expect(network.sockets.length).toBe(2);
  });

  it('gives the URL at which a terminal joins the same room', async () => {
    expect((await setup()).connection.terminalUrl()).toBe('ws://localhost:3001/dev');
    TestBed.resetTestingModule();
    const { connection } = await setup({ search: '?room=blue' });
    expect(connection.terminalUrl()).toBe('ws://localhost:3001/dev?room=blue');
  });

  it('says that it is offline while it is connected, and asks whether that is so', async () => {
    const { connection, network, socket, time } = await setup();
    dispatchEvent(new Event('offline'));
    expect(connection.online()).toBeFalse();
    expect(connection.connected()).toBeTrue();
    expect(socket.heard.at(-1)).toEqual(jasmine.objectContaining({ type: 'ping' }));
    time.pass(PONG_MS);
    expect(connection.connected()).toBeFalse();
    dispatchEvent(new Event('online'));
    expect(network.sockets.length).toBe(2);
  });

  describe('in the next page of its tab', () => {
    /** A page in which Ann has written and we have, and which ends. */
    async function ended() {
      const { connection, socket, storage } = await setup();
      connection.select(ANN.session);
      socket.say(message(ANN, 'Hello'));
      connection.send(ANN.session, 'Hi');
      // What is stored is stored once the session is known to be ours alone.
      await until(() => storage.items.size > 0);
      TestBed.resetTestingModule();
      return storage;
    }
    const texts = (connection: Connection) =>
      connection.selected()?.conversation?.lines.map(({ text }) => text);

    it('[P15] resumes its session, and shows the conversation that was shown', async () => {
      const surroundings = surround({ storage: await ended() });
      const connection = TestBed.inject(Connection);
      const { network } = surroundings;
      await until(() => network.sockets.length > 0);
      expect(texts(connection)).toEqual(['Hello', 'Hi']);
      network.socket.accept();
      const resume = { session: 'session-me', key: 'key' };
      expect(network.socket.heard).toEqual([jasmine.objectContaining({ type: 'hello', resume })]);
      network.socket.say(welcome([ANN], { connectionId: 'me2=', recovered: true }));
      expect(texts(connection)).toEqual(['Hello', 'Hi']);
      expect(network.socket.heard.at(-1)).toEqual(
        jasmine.objectContaining({ type: 'message', data: 'Hi', seq: 0 }),
      );
    });

    it('begins anew, with the conversation still shown, when the session is not given back', async () => {
      const surroundings = surround({ storage: await ended() });
      const connection = TestBed.inject(Connection);
      const { network } = surroundings;
      await until(() => network.sockets.length > 0);
      network.socket.accept();
      network.socket.say(welcome([ANN], { connectionId: 'me2=', session: 'session-me2' }));
      expect(texts(connection)).toEqual(['Hello', 'Hi']);
      const status = connection.selected()?.conversation?.lines.at(-1)?.sent?.status.kind;
      expect(status).toBe('unconfirmed');
      connection.send(ANN.session, 'Again');
      expect(network.socket.heard.at(-1)).toEqual(
        jasmine.objectContaining({ type: 'message', data: 'Again', seq: 0, base: 0 }),
      );
    });

    it('is a peer of its own when the tab was duplicated, and leaves the copy behind', async () => {
      const storage = await ended();
      const locks = new FakeLocks();
      locks.held.add('hello-websocket/session-me');
      const copy = storage.copy();
      const { network } = surround({ storage: copy, locks });
      const connection = TestBed.inject(Connection);
      await until(() => network.sockets.length > 0);
      network.socket.accept();
      expect(network.socket.heard).toEqual([{ action: 'sendMessageRoute', type: 'hello', room: 'lobby' }]);
      expect(connection.partners()).toEqual([]);
      expect(copy.items.size).toBe(0);
      network.socket.say(welcome([], { session: 'session-copy' }));
      await until(() => copy.items.size > 0);
      expect([...copy.items.values()].join()).toContain('session-copy');
    });
  });

  it('stores nothing where no lock tells a tab from its copy', async () => {
    const locks = new FakeLocks();
    locks.held.add('hello-websocket/session-me');
    const { connection, storage, time } = await setup({ locks });
    connection.send(ANN.session, 'Hi');
    time.pass(BATCH_MS);
    await until(() => true);
    expect(storage.items.size).toBe(0);
  });

  it('closes its socket when the page ends', async () => {
    const { network } = await setup();
    TestBed.resetTestingModule();
    expect(network.live).toBe(0);
  });
});
