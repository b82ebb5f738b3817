import { computed, inject, Service, signal } from '@angular/core';
import type { WireEntry } from './wire-entry.ts';
import { WireLog } from './wire-log.ts';
import { type Advance, EVERYTHING, type WireFilter, WireRows } from './wire-rows.ts';

/** How long the rows may be brought up to date before the screen is drawn again, in milliseconds. */
const BUDGET_MS = 8;

/** What of the wire is looked at: filter, pause and the frame chosen. It outlives the pane, which comes and goes. */
@Service()
export class WireView {
  readonly #log = inject(WireLog);
  readonly #filter = signal(EVERYTHING);
  /** The key from which on entries are not shown. */
  readonly #until = signal<number | undefined>(undefined);
  readonly #chosen = signal<WireEntry | undefined>(undefined);
  #rows = new WireRows();
  #shown: object | undefined;

  readonly filter = this.#filter.asReadonly();
  readonly paused = computed(() => this.#until() !== undefined);
  /** The frame whose details are shown. */
  readonly chosen = this.#chosen.asReadonly();
  readonly isFiltered = computed(() => {
    const { seat, peer, kind, text } = this.#filter();
    return text !== '' || [seat, peer, kind].some((part) => part !== undefined);
  });
  /** How many entries came since the pause. */
  readonly waiting = computed(() => {
    this.#log.revision();
    return Math.max(0, Math.min(this.#log.entries.length, this.#log.next - (this.#until() ?? Infinity)));
  });

  /** The rows as they were brought up to date last. */
  get rows(): readonly WireEntry[] {
    return this.#rows.rows;
  }

  /** Brings the rows up to date, unless they are to stand still. */
  advance(): Advance {
    const until = this.#until();
    // What stands still does not lose its oldest either.
    if (until !== undefined && this.#rows.next >= until) return { dropped: 0, done: true };
    return this.#rows.advance(this.#log.entries, BUDGET_MS, until);
  }

  narrow(change: Partial<WireFilter>): void {
    this.#filter.update((filter) => ({ ...filter, ...change }));
    this.#rows = new WireRows(this.#filter());
  }

  showAll(): void {
    this.narrow({ ...EVERYTHING, seat: undefined, peer: undefined, kind: undefined });
  }

  /** The rows stand still, while recording goes on. */
  pause(): void {
    this.#until.set(this.#log.next);
  }

  goOn(): void {
    this.#until.set(undefined);
  }

  clear(): void {
    this.#log.clear();
    this.#chosen.set(undefined);
    this.#rows = new WireRows(this.#filter());
  }

  /** Whether what was asked for is to be shown now: once, however often the pane comes and goes. */
  begin(asked: object): boolean {
    const isNew = asked !== this.#shown;
    this.#shown = asked;
    return isNew;
  }

  choose(entry: WireEntry | undefined): void {
    this.#chosen.set(entry);
  }
}
