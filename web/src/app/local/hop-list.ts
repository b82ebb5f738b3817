import { Component, computed, inject, input } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { map, merge, throttleTime } from 'rxjs';
import { SCHEDULER } from '../connection/tokens.ts';
import { callOf } from '../peers/naming.ts';
import { Seats } from '../seats/seats.ts';
import type { WireEntry } from '../wire/wire-entry.ts';
import { Duration } from '../wire/units.ts';
import { WireLog } from '../wire/wire-log.ts';
import { type Hop, hopsOf } from './hops.ts';
import { LocalRunner } from './local-runner.ts';
import { newestFrame, WireFrames } from './wire-frames.ts';

/** How often the newest frame may become another: more often nobody can read. */
export const CHANGE_MS = 250;
/** Two clocks of one machine may be so far apart. */
const ROUGH_MS = 1;

/** The way of one frame through the local runner: of the frame that is chosen, or of the newest. */
@Component({
  selector: 'app-hops',
  templateUrl: './hop-list.html',
  styleUrl: './hop-list.css',
})
export class HopList {
  /** The row of the wire log that somebody has chosen. */
  readonly entry = input<WireEntry>();

  readonly #log = inject(WireLog);
  readonly #frames = new WireFrames(this.#log);
  readonly #duration = new Duration();
  readonly #seats = inject(Seats);
  protected readonly runner = inject(LocalRunner);
  readonly #changes = toSignal(
    merge(toObservable(this.#log.revision), toObservable(this.runner.revision)).pipe(
      throttleTime(CHANGE_MS, inject(SCHEDULER), { leading: true, trailing: true }),
      // A number that is new each time.
      map((_, count) => count),
    ),
  );

  protected readonly frame = computed(() => {
    this.#changes();
    return this.entry() ?? newestFrame(this.#log.entries);
  });
  /** By connectionId. */
  readonly #names = computed(
    () =>
      new Map(
        this.#seats.all().flatMap(({ connection }) => {
          const me = connection.me();
          const ours = me ? [{ ...me, ...(connection.name !== undefined && { name: connection.name }) }] : [];
          return [...connection.partners(), ...ours].map((peer) => [peer.connectionId, callOf(peer)]);
        }),
      ),
  );
  readonly #hops = computed(() => {
    this.#changes();
    const frame = this.frame();
    const journey = frame && this.#frames.journeyOf(frame, this.runner.journeys);
    if (!journey) return [];
    const names = this.#names();
    return hopsOf(
      journey,
      this.#frames.departureOf(journey),
      this.#frames.arrivalsOf(journey),
      (connectionId) => names.get(connectionId) ?? callOf({ connectionId }),
    );
  });
  readonly #span = computed(() => Math.max(0.01, ...this.#hops().map(({ from, to = from }) => to)));
  /** The hops with where they stand in the whole, in percent. */
  protected readonly rows = computed(() => {
    const percent = (ms: number) => (ms / this.#span()) * 100;
    return this.#hops().map((hop) => ({
      ...hop,
      start: percent(hop.from),
      length: percent((hop.to ?? (hop.state === 'under way' ? this.#span() : hop.from)) - hop.from),
      lasted: this.#lasted(hop),
    }));
  });
  protected readonly total = computed(() =>
    this.#hops().length === 0 ? '' : this.#duration.transform(this.#span()),
  );

  #lasted({ from, to, rough, state }: Hop): string {
    if (to === undefined) return state === 'under way' ? $localize`under way` : '';
    const lasted = to - from;
    return rough && lasted < ROUGH_MS ? `< ${ROUGH_MS} ms` : this.#duration.transform(lasted);
  }
}
