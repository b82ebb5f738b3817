import { inject, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Connection } from '../app/connection/connection.ts';
import { SEAT_SERVICES } from '../app/seats/seat-providers.ts';
import { Seats } from '../app/seats/seats.ts';
import { FETCH, LOCKS, RANDOM, SCHEDULER, SEARCH, STORAGE, WEB_SOCKET } from '../app/connection/tokens.ts';
import type { Peer } from '#protocol';
import { FakeLocks } from './fake-locks.ts';
import { FakeNetwork, type FakeSocket } from './fake-network.ts';
import { FakeStorage } from './fake-storage.ts';
import { welcome } from './frames.ts';
import { VirtualTime } from './virtual-time.ts';

/** What stands around the page in a test. */
export interface Surroundings {
  readonly network: FakeNetwork;
  readonly time: VirtualTime;
  readonly storage: FakeStorage;
}

/** What is told to the page; an empty `config` body stands for a server that has none. */
export interface Given {
  readonly config?: string;
  readonly search?: string;
  /** What a former page of the tab has left. */
  readonly storage?: FakeStorage;
  /** The locks that other tabs hold. */
  readonly locks?: FakeLocks;
}

const CONFIG = JSON.stringify({ webSocketUrl: 'ws://localhost:3001/dev' });

/** Puts a network, a clock and a server of `config.json` around whatever the test makes next. */
export function surround({
  config = CONFIG,
  search = '',
  storage = new FakeStorage(),
  locks = new FakeLocks(),
}: Given = {}): Surroundings {
  const network = new FakeNetwork();
  const time = new VirtualTime();
  const providers: Provider[] = [
    // What a component injects is what the first seat of the page has.
    SEAT_SERVICES.map((token) => ({
      provide: token,
      useFactory: () => inject(Seats).first.injector.get(token),
    })),
    { provide: WEB_SOCKET, useValue: network.WebSocket },
    { provide: SCHEDULER, useValue: time },
    { provide: RANDOM, useValue: () => 0 },
    { provide: SEARCH, useValue: search },
    { provide: STORAGE, useValue: storage },
    { provide: LOCKS, useValue: locks },
    {
      provide: FETCH,
      useValue: () => Promise.resolve(new Response(config, { status: config === '' ? 404 : 200 })),
    },
  ];
  TestBed.configureTestingModule({ providers });
  return { network, time, storage };
}

/** Waits for what needs a turn of the event loop, such as reading a response; fails when it never comes. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error(`It never came to this: ${isSo.toString()}`);
}

/** The connection of the first seat, welcomed to a room in which `peers` are. */
export async function connected(
  { network }: Pick<Surroundings, 'network' | 'time'>,
  peers: readonly Peer[] = [],
): Promise<{ connection: Connection; socket: FakeSocket }> {
  const connection = TestBed.inject(Connection);
  await until(() => network.sockets.length > 0);
  const { socket } = network;
  socket.accept();
  socket.say(welcome(peers));
  return { connection, socket };
}
