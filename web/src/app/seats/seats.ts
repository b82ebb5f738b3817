import {
  computed,
  createEnvironmentInjector,
  DestroyRef,
  EnvironmentInjector,
  inject,
  type Provider,
  Service,
  signal,
} from '@angular/core';
import { parsePlace } from '#protocol';
import { Connection } from '../connection/connection.ts';
import { newId } from '../connection/ids.ts';
import { PLACE, STORAGE } from '../connection/tokens.ts';
import { Announcements } from '../conversation/announcements.ts';
import { SeatList, type SeatNote } from './seat-list.ts';
import { tapFor } from '../wire/tap.ts';
import { FIRST_SEAT, furtherSeat, SEAT, SEAT_SERVICES } from './seat-providers.ts';
import { SeatStorage } from './seat-storage.ts';

/** How many peers one window holds at most. */
export const MOST_SEATS = 4;

/** One live peer of this window. */
export interface Seat {
  readonly key: string;
  /** The label under which the others see it. */
  readonly name: string | undefined;
  readonly connection: Connection;
  /** Where its services are. */
  readonly injector: EnvironmentInjector;
}

interface HeldSeat extends Seat {
  readonly injector: EnvironmentInjector;
  /** Absent for the first seat, whose storage is the tab's own. */
  readonly storage?: SeatStorage | undefined;
}

/** The live peers of this window: the page's own first, then those that were opened beside it. */
@Service()
export class Seats {
  readonly #parent = inject(EnvironmentInjector);
  readonly #place = inject(PLACE);
  readonly #storage = inject(STORAGE);
  readonly #room = this.#place.type === 'place' ? this.#place.room : undefined;
  readonly #list = new SeatList(this.#storage, this.#room ?? '');
  readonly #further = signal<readonly HeldSeat[]>([]);
  readonly #activeKey = signal(FIRST_SEAT);

  /** The page's own peer. */
  readonly first: Seat = this.#seat(FIRST_SEAT);
  /** All of them, in the order in which they were opened. */
  readonly all = computed((): readonly Seat[] => [this.first, ...this.#further()]);
  /** The one in which somebody has done something last. */
  readonly active = computed(() => this.all().find(({ key }) => key === this.#activeKey()) ?? this.first);
  /** Whether there is room for one more, in a room that can be. */
  readonly canOpen = computed(() => this.#room !== undefined && this.all().length < MOST_SEATS);
  /** How many messages nobody has looked at, in all seats. */
  readonly unread = computed(() => this.all().reduce((sum, { connection }) => sum + connection.unread(), 0));
  /** What the next one is called, unless it is given a name. */
  readonly nextName = computed(() => {
    const names = new Set(this.all().map(({ name }) => name));
    let number = 2;
    while (names.has(peerName(number))) number++;
    return peerName(number);
  });

  constructor() {
    const room = this.#room;
    if (room === undefined) return;
    this.#further.set(
      this.#list
        .recall()
        .slice(0, MOST_SEATS - 1)
        .map((note) => this.#furtherSeat(note, room)),
    );
    inject(DestroyRef).onDestroy(() => {
      for (const { injector } of this.all()) injector.destroy();
    });
  }

  /** Opens one more peer in the same room, and looks at it. */
  open(name = ''): void {
    if (this.#room === undefined || !this.canOpen()) return;
    const note = { key: newId(), name: name.trim() === '' ? this.nextName() : name.trim() };
    const seat = this.#furtherSeat(note, this.#room);
    this.#further.update((seats) => [...seats, seat]);
    this.#list.keep(this.#notes());
    this.activate(seat.key);
  }

  /** Lets a further peer leave, and forgets it. */
  close(key: string): void {
    const seat = this.#further().find((one) => one.key === key);
    if (!seat) return;
    this.#further.update((seats) => seats.filter((one) => one !== seat));
    this.#list.keep(this.#notes());
    seat.injector.destroy();
    seat.storage?.clear();
  }

  /** Somebody does something in this seat. */
  activate(key: string): void {
    this.#activeKey.set(key);
  }

  #notes(): readonly SeatNote[] {
    return this.#further().map(({ key, name = '' }) => ({ key, name }));
  }

  #furtherSeat({ key, name }: SeatNote, room: string): HeldSeat {
    const storage = this.#storage && new SeatStorage(this.#storage, key);
    return { ...this.#seat(key, furtherSeat(parsePlace({ room, name }), storage)), storage };
  }

  #seat(key: string, providers: readonly Provider[] = []): HeldSeat {
    const own = [{ provide: SEAT, useValue: key }, tapFor(key), ...SEAT_SERVICES, ...providers];
    const injector = createEnvironmentInjector(own, this.#parent, `seat ${key}`);
    const connection = injector.get(Connection);
    injector.get(Announcements);
    return { key, name: connection.name, connection, injector };
  }
}

/** What a seat is called in its window. */
export const nameOf = ({ name }: Seat): string => name ?? $localize`This page`;

const peerName = (number: number): string => $localize`Peer ${number}:number:`;
