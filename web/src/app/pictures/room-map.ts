import {
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  type ElementRef,
  effect,
  inject,
  untracked,
  viewChild,
} from '@angular/core';
import { shortened } from '../conversation/graphemes.ts';
import { callOf } from '../peers/naming.ts';
import { hashOf } from '../peers/peer-mark.ts';
import { type Seat, Seats } from '../seats/seats.ts';
import { BoundedMap } from '../wire/bounded-map.ts';
import type { WireEntry } from '../wire/wire-entry.ts';
import { inCrowd, onCircle } from './spread.ts';
import { MOST_AT_ONCE, Travels } from './travels.ts';

/** Radius of the circle on which peers stand, in units of the picture. */
const RADIUS = 42;
/** So many can be told apart; so many have room for a name. */
export const MOST_SHOWN = 200;
export const MOST_NAMED = 10;
/** How large a peer is drawn at most, with a name and without. */
const LARGE = 5;
const SMALL = 3;
/** How much of its room a peer fills. */
const FILLED = 0.8;
const LONGEST_NAME = 10;
/** A message that is told later than this is history. */
const STALE_MS = 2000;
const REMEMBERED = 200;

/** Somebody on the map. */
interface Spot {
  readonly session: string;
  readonly name: string;
  readonly ours: boolean;
  readonly x: number;
  readonly y: number;
  readonly hue: number;
}

/** Who is in the room, this window's own peers among them, and the messages that pass between them. */
@Component({
  selector: 'app-room-map',
  templateUrl: './room-map.html',
  styleUrl: './room-map.css',
})
export class RoomMap {
  readonly #seats = inject(Seats);
  readonly #view = inject(DOCUMENT).defaultView;
  protected readonly layer = viewChild.required<ElementRef<SVGElement>>('layer');
  /** Messages that were seen to go out of this window: when they come in again they have travelled already. */
  readonly #seen = new BoundedMap<string, true>(REMEMBERED);
  #travels: Travels | undefined;

  // Partners change with each message: what is drawn changes only with who is there.
  readonly #ours = computed(() => new Map(this.#seats.all().flatMap(nameOf)), { equal: same(isSameOwn) });
  readonly #names = computed(
    () => {
      const others = this.#seats
        .all()
        .flatMap(({ connection }) => (connection.connected() ? connection.partners() : []))
        .filter(({ here }) => here)
        .map((partner) => [partner.session, callOf(partner)] as const);
      const ours = [...this.#ours().values()].map(({ session, name }) => [session, name] as const);
      return new Map([...others, ...ours]);
    },
    { equal: same((a, b) => a === b) },
  );
  protected readonly count = computed(() => this.#names().size);
  protected readonly oursCount = computed(() => this.#ours().size);
  readonly #oursOnly = computed(() => new Set([...this.#ours().values()].map(({ session }) => session)));
  readonly #shown = computed(() => {
    const ours = this.#oursOnly();
    return [...this.#names().keys()]
      .sort((a, b) => Number(ours.has(b)) - Number(ours.has(a)) || (a < b ? -1 : 1))
      .slice(0, MOST_SHOWN);
  });
  readonly #spread = computed(() => (this.named() ? onCircle(this.#shown()) : inCrowd(this.#shown())));
  protected readonly spots = computed((): readonly Spot[] => {
    const ours = this.#oursOnly();
    const names = this.#names();
    return [...this.#spread().points].map(([session, { x, y }]) => ({
      ...{ session, name: names.get(session) ?? '', ours: ours.has(session), hue: hashOf(session) % 360 },
      ...{ x: x * RADIUS, y: y * RADIUS },
    }));
  });
  protected readonly named = computed(() => this.#shown().length <= MOST_NAMED);
  /** The radius of a peer, so that none touches another. */
  protected readonly size = computed(() =>
    Math.min(this.named() ? LARGE : SMALL, this.#spread().room * RADIUS * FILLED),
  );
  /** What messages on their way are drawn with. */
  protected readonly pool = Array.from({ length: MOST_AT_ONCE }, (_, place) => place);
  readonly #places = computed(() => new Map(this.spots().map((spot) => [spot.session, spot])));

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#travels?.clear());
    // Whoever is on the way to a place that is nobody's any more is taken away with it.
    effect(() => {
      this.#places();
      untracked(() => this.#travels?.clear());
    });
  }

  /** Shows messages on their way; `now` is when, in milliseconds since the epoch. */
  travel(messages: readonly WireEntry[], now: number): void {
    const still = this.#view?.matchMedia('(prefers-reduced-motion: reduce)').matches ?? false;
    for (const { direction, seat, peer, messageId, at } of messages) {
      if (now - at > STALE_MS || peer === undefined || this.#isSeen(direction, messageId)) continue;
      const own = this.#ours().get(seat)?.session ?? '';
      const [from, to] = direction === 'out' ? [own, peer] : [peer, own];
      const [start, end] = [this.#places().get(from), this.#places().get(to)];
      if (!start || !end || !this.#view) continue;
      this.#travels ??= new Travels(this.layer().nativeElement, this.#view);
      this.#travels.begin(`${from} ${to}`, start, end, still);
    }
  }

  #isSeen(direction: WireEntry['direction'], messageId: string | undefined): boolean {
    if (messageId === undefined) return false;
    if (direction === 'in') return this.#seen.get(messageId) === true;
    this.#seen.set(messageId, true);
    return false;
  }

  protected short(name: string): string {
    return shortened(name, LONGEST_NAME);
  }
}

interface Own {
  readonly session: string;
  readonly name: string;
}

const isSameOwn = (a: Own, b: Own): boolean => a.session === b.session && a.name === b.name;

function nameOf({ key, connection }: Seat): [string, Own][] {
  const me = connection.me();
  return me ? [[key, { session: me.session, name: connection.name ?? callOf(me) }]] : [];
}

/** Whether two maps say the same. */
const same =
  <V>(equals: (a: V, b: V) => boolean) =>
  (one: ReadonlyMap<string, V>, other: ReadonlyMap<string, V>): boolean =>
    one.size === other.size &&
    [...one].every(([key, value]) => {
      const there = other.get(key);
      return there !== undefined && equals(value, there);
    });
