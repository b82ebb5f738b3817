import { TestBed } from '@angular/core/testing';
import { joined, left, ME, message, peer, welcome } from '../../testing/frames.ts';
import { connected, surround, until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Seats } from '../seats/seats.ts';
import { WireLog } from '../wire/wire-log.ts';
import { Pictures, REFRESH_MS } from './pictures.ts';
import { MOST_NAMED, MOST_SHOWN } from './room-map.ts';

const ANN = peer('ann=', { name: 'Ann' });
const BOB = peer('bob=');

async function setup(peers = [ANN]) {
  const around = surround();
  const { time } = around;
  const { connection, socket } = await connected(around, peers);
  const view = await show(Pictures);
  /** The numbers below the pictures: three each. */
  const numbers = () => view.texts('dd');
  const settled = async () => {
    await new Promise(requestAnimationFrame);
    await view.settled();
    time.pass(REFRESH_MS);
    await view.settled();
  };
  // It has been seen to be on the screen.
  await until(() => {
    TestBed.tick();
    return time.actions.length > 0;
  });
  await settled();
  const ways = () => view.host.querySelectorAll('line[visibility=visible]').length;
  const dots = () => view.host.querySelectorAll('circle[visibility=visible]').length;
  return { ...around, connection, dots, settled, socket, numbers, view, ways };
}

describe('Pictures', () => {
  it('say in words what they show, and that there is nothing yet', async () => {
    const { numbers, view } = await setup();
    expect(numbers()).toEqual(['–', '–', '–', '0', '0', '0']);
    expect(view.texts('dt')).toEqual(['last', 'median', 'longest', 'out', 'in', 'most in a second']);
  });

  it('count messages either way', async () => {
    const { connection, settled, socket, numbers, view } = await setup();
    connection.send(ANN.session, 'one');
    socket.say(message(ANN, 'two'));
    socket.say(message(ANN, 'three'));
    await settled();
    expect(numbers().slice(3, 5)).toEqual(['1', '2']);
    expect(numbers()[5]).toMatch(/^[12]$/);
    expect(view.find('path.out').getAttribute('d')).toMatch(/^M/);
    expect(view.find('path.in').getAttribute('d')).toMatch(/^M/);
  });

  it('tell the round trip from a message to its receipt', async () => {
    const { connection, settled, socket, numbers, view } = await setup();
    connection.send(ANN.session, 'Hi');
    const { id } = socket.heard.at(-1) as { id: string };
    socket.say({ type: 'receipt', from: ANN.connectionId, session: ANN.session, ids: [id] });
    await settled();
    for (const number of numbers().slice(0, 3)) expect(number).toMatch(/^[\d.]+ ms$/);
    expect(view.find('path.trips').getAttribute('d')).toMatch(/^M/);
  });

  it('show who is in the room, this window among them', async () => {
    const { network, settled, socket, view } = await setup([ANN, BOB]);
    expect(view.texts('app-room-map text')).toEqual(jasmine.arrayWithExactContents(['Ann', 'bob=', ME]));
    expect(view.texts('app-room-map .ours text')).toEqual([ME]);
    expect(view.texts('app-room-map p')).toEqual(['3 peers', '1 in this window']);
    TestBed.inject(Seats).open('Cleo');
    await until(() => network.sockets.length > 1);
    network.socket.accept();
    network.socket.say(welcome([], { session: 'session-cleo', connectionId: 'cleo=' }));
    socket.say(joined(peer('cleo=', { name: 'Cleo' })));
    socket.say(left(BOB));
    await settled();
    expect(view.texts('app-room-map .ours text')).toEqual(jasmine.arrayWithExactContents([ME, 'Cleo']));
    expect(view.texts('app-room-map p')).toEqual(['3 peers', '2 in this window']);
  });

  it('show a crowd without names, and no more than can be told apart', async () => {
    const crowd = Array.from({ length: MOST_SHOWN + 10 }, (_, place) => peer(`p${place}=`));
    const { view } = await setup(crowd);
    expect(view.host.querySelectorAll('circle.peer').length).toBe(MOST_SHOWN);
    expect(view.texts('app-room-map text')).toEqual([]);
    expect(view.texts('app-room-map p').slice(0, 2)).toEqual([
      `${MOST_SHOWN + 11} peers`,
      `${MOST_SHOWN} of them are drawn`,
    ]);
    expect(view.texts('app-room-map .ours').length).toBe(1);
  });

  it('let nobody stand on anybody, be they few or many', async () => {
    for (const others of [1, MOST_NAMED - 1, MOST_NAMED, 190]) {
      TestBed.resetTestingModule();
      const { view } = await setup(Array.from({ length: others }, (_, place) => peer(`p${place}=`)));
      const drawn = [...view.host.querySelectorAll<SVGCircleElement>('circle.peer')].map((circle) => ({
        radius: circle.r.baseVal.value,
        at: circle.getBoundingClientRect(),
        scale: circle.getScreenCTM()?.a ?? 0,
      }));
      expect(drawn.length).toBe(others + 1);
      const gaps = drawn.flatMap(({ at, radius, scale }, place) =>
        drawn
          .slice(place + 1)
          .map((other) => Math.hypot(at.x - other.at.x, at.y - other.at.y) - 2 * radius * scale),
      );
      expect(Math.min(...gaps)).toBeGreaterThan(0);
    }
  });

  it('draw no message before there is one', async () => {
    const { view } = await setup();
    const drawn = [...view.host.querySelectorAll('.dot, .way')].filter((one) =>
      one.checkVisibility({ visibilityProperty: true }),
    );
    expect(drawn).toEqual([]);
  });

  it('let messages travel, in and out, each once', async () => {
    const { connection, dots, settled, socket, ways } = await setup([ANN, BOB]);
    connection.send(ANN.session, 'out');
    const { id } = socket.heard.at(-1) as { id: string };
    socket.say(message(BOB, 'in'));
    // Another peer of this window would hear what this one has sent.
    socket.say(message(ANN, 'out', { id }));
    await settled();
    expect([ways(), dots()]).toEqual([2, 2]);
  });

  it('only mark the way where motion is to be reduced', async () => {
    const matchMedia = window.matchMedia.bind(window);
    spyOn(window, 'matchMedia').and.callFake((query) =>
      matchMedia(query.includes('reduced-motion') ? 'all' : query),
    );
    const { dots, settled, socket, ways } = await setup();
    socket.say(message(ANN, 'in'));
    await settled();
    expect([ways(), dots()]).toEqual([1, 0]);
  });

  it('read nothing while nobody sees them, and make up for it', async () => {
    const { dots, settled, socket, numbers, view } = await setup();
    view.host.style.display = 'none';
    await until(() => {
      TestBed.tick();
      return view.host.getClientRects().length === 0;
    });
    // The browser tells after it has drawn.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await settled();
    socket.say(message(ANN, 'unseen'));
    await settled();
    expect(dots()).toBe(0);
    expect(numbers()[4]).toBe('0');
    view.host.style.display = '';
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await settled();
    expect(numbers()[4]).toBe('1');
  });

  it('draw what is there once for many frames', async () => {
    const { settled, socket, view } = await setup();
    const spot = view.find('app-room-map .ours');
    for (let count = 0; count < 500; count++) socket.say(message(ANN, String(count)));
    await settled();
    expect(view.find('app-room-map .ours')).toBe(spot);
    expect(TestBed.inject(WireLog).entries.length).toBeGreaterThan(500);
    expect(view.host.querySelectorAll('line[visibility=visible]').length).toBe(1);
  });
});
