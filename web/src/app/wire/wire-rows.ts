import type { WireEntry, WireKind } from './wire-entry.ts';

/** What of the wire is shown; everything that is undefined or empty. */
export interface WireFilter {
  readonly seat?: string | undefined;
  readonly peer?: string | undefined;
  readonly kind?: WireKind | undefined;
  /** Some of the frame's text, in either case. */
  readonly text: string;
}

export const EVERYTHING: WireFilter = { text: '' };

/** What has become of the rows. */
export interface Advance {
  /** How many rows have gone from the front. */
  readonly dropped: number;
  /** Whether everything was looked at. */
  readonly done: boolean;
}

/** How many entries are looked at before the time is. */
const STRIDE = 256;

/** The entries of the log that a filter lets through, brought up to date a little at a time: nothing is copied. */
export class WireRows {
  readonly #matches: (entry: WireEntry) => boolean;
  readonly #now: () => number;
  readonly #rows: WireEntry[] = [];
  #next = 0;

  /** `now` is in milliseconds. */
  constructor(filter: WireFilter = EVERYTHING, now: () => number = () => performance.now()) {
    this.#matches = matcher(filter);
    this.#now = now;
  }

  /** In order; the same array always. */
  get rows(): readonly WireEntry[] {
    return this.#rows;
  }

  /** The key of the entry that is looked at next. */
  get next(): number {
    return this.#next;
  }

  /** Takes over what the log has dropped, and what it has got before the key `until`, for no longer than `budgetMs`. */
  advance(entries: readonly WireEntry[], budgetMs: number, until = Infinity): Advance {
    const first = entries[0]?.key ?? Infinity;
    const kept = this.#rows.findIndex(({ key }) => key >= first);
    const dropped = kept < 0 ? this.#rows.length : kept;
    if (dropped > 0) this.#rows.splice(0, dropped);

    const end = this.#now() + budgetMs;
    for (let at = Math.max(0, this.#next - first); at < entries.length; at++) {
      const entry = entries[at];
      if (!entry || entry.key >= until) break;
      if (at % STRIDE === 0 && this.#now() > end) return { dropped, done: false };
      this.#next = entry.key + 1;
      if (this.#matches(entry)) this.#rows.push(entry);
    }
    return { dropped, done: true };
  }
}

function matcher({ seat, peer, kind, text }: WireFilter): (entry: WireEntry) => boolean {
  const wanted = text === '' ? undefined : new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  return (entry) =>
    (seat === undefined || entry.seat === seat) &&
    (peer === undefined || entry.peer === peer) &&
    (kind === undefined || entry.kind === kind) &&
    (wanted === undefined || wanted.test(entry.text));
}
