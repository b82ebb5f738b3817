import { Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { EMPTY, switchMap, timer } from 'rxjs';
import { SCHEDULER } from '../connection/tokens.ts';
import { CLOCK } from '../wire/clock.ts';
import { Duration } from '../wire/units.ts';
import { WireLog } from '../wire/wire-log.ts';
import { inSight } from './in-sight.ts';
import { RoomMap } from './room-map.ts';
import { bars, HEIGHT, line, median, WIDTH } from './shapes.ts';
import { Traffic } from './traffic.ts';

/** How often the numbers change: more often nobody can read. */
export const REFRESH_MS = 500;

/** Round trips, messages by the second, and the room, at a glance. */
@Component({
  selector: 'app-pictures',
  imports: [Duration, RoomMap],
  templateUrl: './pictures.html',
  styleUrl: './pictures.css',
})
export class Pictures {
  readonly #log = inject(WireLog);
  readonly #clock = inject(CLOCK);
  readonly #traffic = new Traffic();
  readonly #inSight = inSight();
  protected readonly map = viewChild.required(RoomMap);
  /** Counts up whenever the numbers may change. */
  readonly #turn = signal(0);

  /** Where there is no number yet. */
  protected readonly none = '–';
  protected readonly box = `0 0 ${WIDTH} ${HEIGHT}`;
  protected readonly roundTrips = computed(() => {
    this.#turn();
    const times = this.#traffic.roundTrips;
    const last = times.at(-1);
    return last === undefined
      ? undefined
      : { path: line(times), last, median: median(times), longest: Math.max(...times) };
  });
  protected readonly rate = computed(() => {
    this.#turn();
    const { out, in: incoming } = this.#traffic.rates(this.#clock());
    const most = Math.max(...out, ...incoming);
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    return { ...bars(out, incoming), most, out: sum(out), in: sum(incoming) };
  });

  constructor() {
    // What has passed while nobody looked is counted when somebody does.
    effect(() => {
      this.#log.revision();
      if (!this.#inSight()) return;
      const messages = this.#traffic.advance(this.#log.entries);
      untracked(() => this.map().travel(messages, this.#clock()));
    });
    const scheduler = inject(SCHEDULER);
    toObservable(this.#inSight)
      .pipe(
        switchMap((isSeen) => (isSeen ? timer(0, REFRESH_MS, scheduler) : EMPTY)),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.#turn.update((turn) => turn + 1));
  }
}
