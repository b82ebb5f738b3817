import { FakeNetwork, type FakeSocket } from '../../testing/fake-network.ts';
import { FakeStorage } from '../../testing/fake-storage.ts';
import { joined, left, message, peer, refused, welcome } from '../../testing/frames.ts';
import { VirtualTime } from '../../testing/virtual-time.ts';
import { SHORTEST_MS } from './backoff.ts';
import { Client } from './client.ts';
import { ASK_MS, HIGH_WATER_BYTES } from './courier.ts';
import { BATCH_MS } from './keeper.ts';
import { GIVE_UP_MS, RESEND_MS } from './sender.ts';
import { MOST_WAITING } from './outbox.ts';
import { recollect } from './recollection.ts';
import { TabMemory } from './tab-memory.ts';

const ANN = peer('B=', { name: 'Ann' });
const ANN2 = { ...ANN, connectionId: 'B2=', connectedAt: 2000 };
const TERMINAL = peer('T=', { dialect: 'plain' });

function setup(storage = new FakeStorage(), connectionIds = 'me', others = [ANN, TERMINAL]) {
  const network = new FakeNetwork();
  const time = new VirtualTime();
  const memory = new TabMemory(storage, 'lobby', recollect);
  memory.own('session-me');
  const client = new Client({
    ...{ url: 'ws://localhost:3001/dev', room: 'lobby', memory },
    WebSocket: network.WebSocket,
    scheduler: time,
    random: () => 0,
  });
  let connections = 0;
  const welcomed = (peers = others) => {
    network.socket.accept();
    const connectionId = `${connectionIds}${++connections}=`;
    network.socket.say(welcome(peers, { connectionId, recovered: connections > 1 }));
  };
  client.open();
  welcomed();
  const statuses = (who = ANN) =>
    (client.state.conversations.get(who.session)?.lines ?? []).map(({ sent }) => sent?.status.kind);
  return { client, network, statuses, storage, time, welcomed };
}
/** A message waits for Ann, who has left while her conversation was on screen. */
function writtenToNobody() {
  const all = setup();
  all.client.select(ANN.session);
  all.network.socket.say(left(ANN));
  all.client.send(ANN.session, 'one');
  return all;
}
const framesIn = (socket: FakeSocket, type: string) =>
  socket.heard.flatMap((frame) =>
    typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === type ? [frame] : [],
  );
const isPing = (frame: unknown): frame is { readonly id: string } =>
  typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === 'ping';
const messagesIn = (socket: FakeSocket) =>
  framesIn(socket, 'message').map((frame) => ('data' in frame ? frame.data : undefined));
const idOf = (client: Client, n: number) =>
  client.state.conversations.get(ANN.session)?.lines.at(n)?.id ?? '';
const receipt = (client: Client, n: number) => ({
  ...{ type: 'receipt', from: 'B=', session: ANN.session, ids: [idOf(client, n)] },
});

describe('Client', () => {
  it('[P14] sends a message again until its receipt comes, and no more then', () => {
    const { client, network, statuses, time } = setup();
    client.send(ANN.session, 'Hello');
    time.pass(RESEND_MS + 1000);
    expect(messagesIn(network.socket)).toEqual(['Hello', 'Hello']);
    expect(new Set(framesIn(network.socket, 'message').map((frame) => JSON.stringify(frame))).size).toBe(1);
    expect(statuses()).toEqual(['sent']);
    network.socket.say(receipt(client, 0));
    expect(statuses()).toEqual(['delivered']);
    time.pass(GIVE_UP_MS);
    expect(messagesIn(network.socket).length).toBe(2);
  });

  it('doubts the connection when a message is not answered', () => {
    const { client, network, time } = setup();
    client.send(ANN.session, 'Hello');
    expect(framesIn(network.socket, 'ping').length).toBe(0);
    time.pass(RESEND_MS + 1000);
    expect(framesIn(network.socket, 'ping').length).toBe(1);
  });

  it('sends again after a reconnect of its own, under its session', () => {
    const { client, network, time, welcomed } = setup();
    client.send(ANN.session, 'Hello');
    network.socket.break();
    time.pass(SHORTEST_MS);
    welcomed();
    expect(network.socket.heard[0]).toEqual(
      jasmine.objectContaining({ type: 'hello', resume: { session: 'session-me', key: 'key' } }),
    );
    expect(messagesIn(network.socket)).toEqual(['Hello']);
  });

  it('sends again when its peer has reconnected, to the new connection', () => {
    const { client, network } = setup();
    client.send(ANN.session, 'Hello');
    network.socket.say(left(ANN));
    network.socket.say(joined(ANN2));
    expect(framesIn(network.socket, 'message')).toEqual([
      jasmine.objectContaining({ forward: 'B=', data: 'Hello' }),
      jasmine.objectContaining({ forward: 'B2=', data: 'Hello' }),
    ]);
  });

  it('[P13] [P22] asks whether its peer is back, when the frame that said so was lost', () => {
    const { client, network, time } = setup();
    client.send(ANN.session, 'Hello');
    network.socket.say(left(ANN));
    time.pass(ASK_MS);
    const [ping, ...more] = network.socket.heard.filter(isPing);
    expect(more).toEqual([]);
    network.socket.say({ type: 'pong', id: ping?.id, listed: ['me1=', 'B2='], peers: [ANN2] });
    expect(framesIn(network.socket, 'message').at(-1)).toEqual(
      jasmine.objectContaining({ forward: 'B2=', data: 'Hello' }),
    );
    network.socket.say(receipt(client, 0));
    time.pass(ASK_MS);
    expect(network.socket.heard.filter(isPing).length).toBe(1);
  });

  it('says in the end that a message is unconfirmed', () => {
    const { client, network, statuses, time } = setup();
    client.send(ANN.session, 'Hello');
    network.socket.say(left(ANN));
    time.pass(GIVE_UP_MS - 1000);
    expect(statuses()).toEqual(['sent']);
    time.pass(2000);
    expect(statuses()).toEqual(['unconfirmed']);
  });

  it('says so while it is not connected, too', () => {
    const { client, network, statuses, time } = setup();
    client.send(ANN.session, 'Hello');
    network.socket.break();
    time.pass(GIVE_UP_MS + 1000);
    expect(statuses()).toEqual(['unconfirmed']);
  });

  it('lets a message be tried again, under its id and in the next place', () => {
    const { client, network, statuses, time, welcomed } = setup();
    const former = network.socket;
    client.send(ANN.session, 'Hello');
    former.break();
    time.pass(GIVE_UP_MS + 1000);
    welcomed([ANN2]);
    client.retry(ANN.session, idOf(client, 0));
    expect(statuses()).toEqual(['sent']);
    const [first] = framesIn(former, 'message');
    const [again] = framesIn(network.socket, 'message');
    expect(again).toEqual(jasmine.objectContaining({ ...first, forward: 'B2=', seq: 1, base: 1 }));
  });

  it('asks no terminal for a receipt: sent is final, until it is refused', () => {
    const { client, network, statuses, time } = setup();
    client.send(TERMINAL.session, 'Hello');
    time.pass(GIVE_UP_MS);
    expect(messagesIn(network.socket)).toEqual(['Hello']);
    expect(statuses(TERMINAL)).toEqual(['sent']);
    const [{ id } = { id: '' }] = client.state.conversations.get(TERMINAL.session)?.lines ?? [];
    network.socket.say(refused({ id }));
    expect(statuses(TERMINAL)).toEqual(['refused']);
  });

  describe('receipts', () => {
    it('[P14] go out together, after what was shown is stored', () => {
      const { network, storage, time } = setup();
      const placed = { stream: 's', base: 0 };
      network.socket.say(message(ANN, 'one', { ...placed, id: 'a0', seq: 0 }));
      time.pass(BATCH_MS - 1);
      network.socket.say(message(ANN, 'two', { ...placed, id: 'a1', seq: 1 }));
      network.socket.say(message(ANN, 'four', { ...placed, id: 'a3', seq: 3 }));
      expect(framesIn(network.socket, 'receipt')).toEqual([]);
      expect([...storage.items.values()].join()).not.toContain('a0');
      time.pass(1);
      expect(framesIn(network.socket, 'receipt')).toEqual([
        jasmine.objectContaining({ forward: 'B=', ids: ['a0', 'a1'] }),
      ]);
      expect([...storage.items.values()].join()).toContain('"next":2,"shown":["a0","a1"]');
    });

    it('go to the newest connection of the peer, in frames of a hundred', () => {
      const { network, time } = setup();
      for (let seq = 0; seq < 120; seq++) {
        network.socket.say(message(ANN, `${seq}`, { stream: 's', id: `a${seq}`, seq, base: 0 }));
      }
      network.socket.say(joined(ANN2));
      time.pass(BATCH_MS);
      const sizes = framesIn(network.socket, 'receipt').map((frame) =>
        'ids' in frame && 'forward' in frame && Array.isArray(frame.ids)
          ? [frame.forward, frame.ids.length]
          : [],
      );
      expect(sizes).toEqual([
        ['B2=', 100],
        ['B2=', 20],
      ]);
    });

    it('wait for the next connection when there is none', () => {
      const { network, time, welcomed } = setup();
      network.socket.say(message(ANN, 'one', { id: 'a0' }));
      network.socket.break();
      time.pass(SHORTEST_MS);
      welcomed();
      expect(framesIn(network.socket, 'receipt')).toEqual([jasmine.objectContaining({ ids: ['a0'] })]);
    });
  });

  describe('with a socket that is full', () => {
    it('waits with what is to be sent, and goes on when there is room', () => {
      const { client, network, statuses, time } = setup();
      network.socket.bufferedAmount = HIGH_WATER_BYTES;
      expect(client.send(ANN.session, 'one')).toBe('queued');
      expect(client.send(ANN.session, 'two')).toBe('queued');
      time.pass(1000);
      expect(messagesIn(network.socket)).toEqual([]);
      client.cancel(ANN.session, idOf(client, 0));
      network.socket.bufferedAmount = 0;
      time.pass(1000);
      expect(messagesIn(network.socket)).toEqual(['two']);
      expect(statuses()).toEqual(['cancelled', 'sent']);
    });

    it('says so when nothing more may wait', () => {
      const { client, network } = setup();
      network.socket.bufferedAmount = HIGH_WATER_BYTES;
      const outcomes = Array.from({ length: MOST_WAITING + 1 }, () => client.send(ANN.session, 'x'));
      expect(outcomes.slice(0, -1).every((outcome) => outcome === 'queued')).toBeTrue();
      expect(outcomes.at(-1)).toBe('full');
    });

    it('[P6] refuses a paste of 5 MB before anything is sent', () => {
      const { client, network } = setup();
      expect(client.send(ANN.session, 'x'.repeat(5_000_000))).toBe('too-large');
      expect(messagesIn(network.socket)).toEqual([]);
    });
  });

  it('[P6] refuses what does not fit once its peer has a longer connectionId, instead of being closed for it', () => {
    const { client, network, statuses, time } = setup();
    network.socket.bufferedAmount = HIGH_WATER_BYTES;
    client.send(ANN.session, 'x'.repeat(32_512 - client.measure(ANN.session, '')));
    network.socket.bufferedAmount = 0;
    network.socket.say(joined({ ...ANN2, connectionId: 'a-much-longer-one=' }));
    time.pass(1000);
    expect(messagesIn(network.socket)).toEqual([]);
    expect(statuses()).toEqual(['refused']);
  });

  it('goes on as the next client of its tab: nothing is sent under a number that was used', () => {
    const first = setup();
    first.client.send(ANN.session, 'one');
    // The page crashes: only what was stored at once is there.
    const { client, network, statuses } = setup(first.storage.copy(), 'again');
    expect(messagesIn(network.socket)).toEqual(['one']);
    client.send(ANN.session, 'two');
    expect(framesIn(network.socket, 'message').map((frame) => ('seq' in frame ? frame.seq : NaN))).toEqual([
      0, 1,
    ]);
    network.socket.say(receipt(client, 0));
    expect(statuses()).toEqual(['delivered', 'sent']);
  });

  it('knows as the next client of its tab what may have arrived, though the last one crashed', () => {
    const first = setup();
    first.client.send(ANN.session, 'one');
    // Nobody is there, so that this one sends nothing itself.
    const { client, statuses } = setup(first.storage.copy(), 'again', []);
    client.cancel(ANN.session, idOf(client, 0));
    expect(statuses()).toEqual(['unconfirmed']);
  });

  it('does not send as the next client of its tab what the last one was told to give up, though that crashed', () => {
    const first = writtenToNobody();
    first.client.cancel(ANN.session, idOf(first.client, 0));
    expect(first.statuses()).toEqual(['cancelled']);
    const { network } = setup(first.storage.copy(), 'again');
    expect(messagesIn(network.socket)).toEqual([]);
  });

  it('sends as the next client of its tab what the last one could not send yet, though that crashed', () => {
    const first = writtenToNobody();
    expect(first.statuses()).toEqual(['queued']);
    const { network } = setup(first.storage.copy(), 'again');
    expect(messagesIn(network.socket)).toEqual(['one']);
  });

  it('says of what it sent that it is unconfirmed also after its user disconnected', () => {
    const { client, network, statuses, time, welcomed } = setup();
    client.send(ANN.session, 'one');
    client.close();
    client.send(ANN.session, 'two');
    time.pass(GIVE_UP_MS - 2000);
    expect(statuses()).toEqual(['sent', 'queued']);
    time.pass(3000);
    expect(statuses()).toEqual(['unconfirmed', 'refused']);
    client.open();
    welcomed();
    expect(messagesIn(network.socket)).toEqual([]);
  });

  it('lets what may have been shown be tried again as another session, under its id', () => {
    const { client, network, statuses, time } = setup();
    const former = network.socket;
    client.send(ANN.session, 'one');
    former.break();
    time.pass(SHORTEST_MS);
    network.socket.accept();
    network.socket.say(welcome([ANN], { connectionId: 'me2=', session: 'session-new', recovered: false }));
    expect(statuses()).toEqual(['unconfirmed']);
    client.retry(ANN.session, idOf(client, 0));
    expect(statuses()).toEqual(['sent']);
    const [first] = framesIn(former, 'message');
    const place = { stream: 'session-new', seq: 0, base: 0 };
    expect(framesIn(network.socket, 'message')).toEqual([jasmine.objectContaining({ ...first, ...place })]);
    network.socket.say(left(ANN));
    time.pass(GIVE_UP_MS + 1000);
    expect(statuses()).toEqual(['unconfirmed']);
    // Nobody comes back as a session that has ended: what is tried again for it all the same ends as before.
    client.retry(ANN.session, idOf(client, 0));
    expect(statuses()).toEqual(['queued']);
    time.pass(GIVE_UP_MS + 1000);
    expect(statuses()).toEqual(['unconfirmed']);
  });

  it('shows nothing twice as the next client of its tab', () => {
    const first = setup();
    const said = message(ANN, 'one', { id: 'a0', stream: 's', seq: 0, base: 0 });
    first.network.socket.say(said);
    first.time.pass(BATCH_MS);
    const { client, network, time } = setup(first.storage.copy());
    network.socket.say(said);
    expect(client.state.conversations.get(ANN.session)?.lines.length).toBe(1);
    time.pass(BATCH_MS);
    expect(framesIn(network.socket, 'receipt')).toEqual([jasmine.objectContaining({ ids: ['a0'] })]);
  });

  it('[P13] asks about those listed of whom it knows nothing, and not for ever', () => {
    const { client, network, time } = setup();
    client.wake();
    for (let round = 1; round <= 20; round++) {
      const [ping] = framesIn(network.socket, 'ping').slice(-1);
      if (!ping || !('id' in ping)) throw new Error('There is no ping.');
      network.socket.say({ type: 'pong', id: ping.id, listed: ['B=', 'T=', 'X='] });
      time.pass(0);
    }
    const pings = framesIn(network.socket, 'ping');
    expect(pings[0]).toEqual(jasmine.objectContaining({ known: ['B=', 'T='] }));
    expect(pings.length).toBe(6);
  });
});
