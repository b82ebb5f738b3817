import { TestBed } from '@angular/core/testing';
import type { FakeStorage } from '../../testing/fake-storage.ts';
import { message, peer, welcome } from '../../testing/frames.ts';
import { type Given, surround, until } from '../../testing/page.ts';
import { MOST_SEATS, Seats } from './seats.ts';

function setup(given: Given = {}) {
  const surroundings = surround(given);
  const seats = TestBed.inject(Seats);
  const { network } = surroundings;
  const opened = (count: number) => until(() => network.sockets.length === count);
  /** Welcomes the newest socket as this session. */
  const welcomed = (session: string) => {
    network.socket.accept();
    network.socket.say(welcome([], { session, connectionId: `${session}=` }));
  };
  return { ...surroundings, seats, opened, welcomed };
}
const names = (seats: Seats) => seats.all().map(({ name }) => name);

describe('Seats', () => {
  it('begins with the peer that the page address names', async () => {
    const { network, opened, seats } = setup({ search: '?room=blue&name=Ann' });
    await opened(1);
    expect(network.socket.url).toContain('room=blue&name=Ann');
    expect(names(seats)).toEqual(['Ann']);
    expect(seats.active()).toBe(seats.first);
  });

  it('opens further peers in the same room, each over a socket of its own and under a name of its own', async () => {
    const { network, opened, seats } = setup({ search: '?room=blue' });
    await opened(1);
    seats.open();
    seats.open(' 蛸 ');
    seats.open();
    await opened(4);
    expect(names(seats)).toEqual([undefined, 'Peer 2', '蛸', 'Peer 3']);
    const places = network.sockets.map(({ url }) => new URL(url).searchParams);
    expect(places.map((place) => place.get('room'))).toEqual(['blue', 'blue', 'blue', 'blue']);
    expect(places.map((place) => place.get('name'))).toEqual([null, 'Peer 2', '蛸', 'Peer 3']);
    expect(network.live).toBe(4);
  });

  it('holds no more than four, and none beside an address that cannot be', () => {
    const { seats } = setup();
    for (let more = 0; more < MOST_SEATS; more++) {
      expect(seats.canOpen()).toBe(more < MOST_SEATS - 1);
      seats.open();
    }
    expect(seats.all().length).toBe(MOST_SEATS);
    TestBed.resetTestingModule();
    const nowhere = setup({ search: '?room=a b' });
    nowhere.seats.open();
    expect(nowhere.seats.all().length).toBe(1);
  });

  it('reads config.json once for all of them', async () => {
    const { opened, seats } = setup();
    await opened(1);
    seats.open();
    expect(seats.all()[1]?.connection.setup().kind).not.toBe('no-config');
    await opened(2);
  });

  it('looks at the one that was opened last, and at the first again when that is closed', () => {
    const { seats } = setup();
    seats.open();
    const [, second] = seats.all();
    expect(seats.active().key).toBe(second?.key ?? '');
    seats.close(seats.active().key);
    expect(seats.active()).toBe(seats.first);
  });

  it('lets a peer leave when it is closed, forgets it, and never closes the first', async () => {
    const { network, opened, seats, storage, welcomed } = setup();
    await opened(1);
    seats.open();
    await opened(2);
    welcomed('second');
    await until(() => [...storage.items.values()].join().includes('second'));
    seats.close(seats.first.key);
    expect(seats.all().length).toBe(2);
    seats.close(seats.active().key);
    expect(seats.all().length).toBe(1);
    expect(network.live).toBe(1);
    expect(storage.items.size).toBe(0);
  });

  it('counts what is unread in all of them', async () => {
    const { network, opened, seats, welcomed } = setup();
    const ann = peer('B=');
    await opened(1);
    welcomed('first');
    network.socket.say(message(ann, 'one'));
    seats.open();
    await opened(2);
    welcomed('second');
    network.socket.say(message(ann, 'two'));
    expect(seats.unread()).toBe(2);
  });

  describe('in the next page of the tab', () => {
    async function ended(): Promise<FakeStorage> {
      const { opened, seats, storage, welcomed } = setup();
      await opened(1);
      welcomed('first');
      seats.open('蛸');
      await opened(2);
      welcomed('second');
      await until(() => [...storage.items.values()].join().includes('second'));
      await until(() => [...storage.items.values()].join().includes('first'));
      TestBed.resetTestingModule();
      return storage;
    }

    it('[P15] come back as the same peers, under their names', async () => {
      const { network, opened, seats } = setup({ storage: await ended() });
      await opened(2);
      expect(names(seats)).toEqual([undefined, '蛸']);
      expect(seats.active()).toBe(seats.first);
      for (const socket of network.sockets) socket.accept();
      const resumed = network.sockets.map(({ heard }) => heard[0]);
      for (const session of ['first', 'second']) {
        expect(resumed).toContain(jasmine.objectContaining({ resume: { session, key: 'key' } }));
      }
    });

    it('do not come back when they were closed, nor in another room', async () => {
      const storage = await ended();
      const elsewhere = setup({ storage, search: '?room=red' });
      expect(elsewhere.seats.all().length).toBe(1);
      TestBed.resetTestingModule();
      const { seats } = setup({ storage });
      seats.close(seats.all()[1]?.key ?? '');
      TestBed.resetTestingModule();
      expect(setup({ storage }).seats.all().length).toBe(1);
    });
  });

  it('end with the page', async () => {
    const { network, opened, seats } = setup();
    seats.open();
    await opened(2);
    TestBed.resetTestingModule();
    expect(network.live).toBe(0);
  });
});
