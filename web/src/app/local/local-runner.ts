import { computed, DestroyRef, DOCUMENT, effect, inject, Service, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent, retry, timer } from 'rxjs';
import { Configuration } from '../connection/configuration.ts';
import { FETCH, SCHEDULER } from '../connection/tokens.ts';
import { eventsOf, STREAM_LOST, STREAM_OPEN, type StreamEvent } from './event-stream.ts';
import { type Fault, type FaultSettings, faultsOn, noFaults, readFaults } from './faults.ts';
import { HOP_EVENTS, parsed, readHop } from './hop-events.ts';
import { Journeys } from './journeys.ts';
import { EVENT_SOURCE } from './tokens.ts';

/** How long to wait before the runner is asked again for its stream. */
export const STREAM_RETRY_MS = 3000;

/** The local runner behind the page, if there is one: what it does, and what is made to go wrong in it. */
@Service()
export class LocalRunner {
  readonly #document = inject(DOCUMENT);
  readonly #configuration = inject(Configuration);
  readonly #EventSource = inject(EVENT_SOURCE);
  readonly #fetch = inject(FETCH);
  readonly #scheduler = inject(SCHEDULER);
  readonly #visible = signal(!this.#document.hidden);
  readonly #faults = signal<FaultSettings | undefined>(undefined);
  readonly #listening = signal(false);
  readonly #failed = signal(false);
  readonly #revision = signal(0);
  #frame: number | undefined;
  /** How often the faults in force have been told. */
  #tellings = 0;

  /** Where it is; undefined for a deployed stage, of which nothing here asks anything. */
  readonly base = computed(() => {
    const configured = this.#configuration.configured();
    return configured.kind === 'ready' ? configured.config.local : undefined;
  });
  /** The requests that it has told of. Read `revision` to hear of changes. */
  readonly journeys = new Journeys();
  /** Changes after `journeys` did, at most once in a frame of the screen. */
  readonly revision = this.#revision.asReadonly();
  /** Whether it is telling what it does. */
  readonly listening = this.#listening.asReadonly();
  /** The faults in force, once they are known. */
  readonly faults = this.#faults.asReadonly();
  readonly faultsOn = computed(() => faultsOn(this.#faults()));
  /** Whether the last attempt to switch a fault failed. */
  readonly failed = this.#failed.asReadonly();

  constructor() {
    fromEvent(this.#document, 'visibilitychange')
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#visible.set(!this.#document.hidden));
    inject(DestroyRef).onDestroy(() => {
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    });
    effect((cleanUp) => {
      const base = this.base();
      // A browser has six connections to a host for all its windows, and a stream takes one of them.
      if (base === undefined || !this.#visible()) return;
      const listening = eventsOf(this.#EventSource, `${base}stream`, [...HOP_EVENTS, 'faults'])
        .pipe(retry({ delay: () => timer(STREAM_RETRY_MS, this.#scheduler) }))
        .subscribe((event) => this.#heard(event));
      cleanUp(() => {
        listening.unsubscribe();
        this.#listening.set(false);
      });
    });
  }

  /** Sets some faults; the others stay as they are. */
  async change(settings: Partial<Record<Fault, number>> | { readonly dropNow: true }): Promise<void> {
    await this.#ask({ method: 'POST', body: JSON.stringify(settings) });
  }

  /** Lets nothing go wrong any more. */
  async allOff(): Promise<void> {
    await this.change(noFaults());
  }

  /** Cuts every connection of the runner, without a close frame. */
  async dropNow(): Promise<void> {
    await this.change({ dropNow: true });
  }

  #heard({ type, data }: StreamEvent): void {
    if (type === STREAM_OPEN || type === STREAM_LOST) {
      this.#listening.set(type === STREAM_OPEN);
      if (type === STREAM_OPEN) void this.#ask({});
    } else if (type === 'faults') {
      this.#tellings++;
      this.#faults.set(readFaults(parsed(data)));
    } else {
      const hop = readHop(type, data);
      if (!hop) return;
      this.journeys.add(hop);
      this.#frame ??= requestAnimationFrame(() => {
        this.#frame = undefined;
        this.#revision.update((revision) => revision + 1);
      });
    }
  }

  async #ask(init: RequestInit): Promise<void> {
    const base = this.base();
    if (base === undefined) return;
    const before = this.#tellings;
    const settings = await this.#fetch(`${base}faults`, { cache: 'no-store', ...init })
      .then((response) => (response.ok ? response.json() : undefined))
      .then(readFaults)
      // Nobody answered, or not with JSON: the runner has ended.
      .catch(() => undefined);
    this.#failed.set(settings === undefined);
    // What was told meanwhile is newer.
    if (settings && before === this.#tellings) this.#faults.set(settings);
  }
}
