import type { Status } from '../../web/src/app/connection/outbox.ts';

/** What became of all messages. */
export interface Figures {
  readonly written: number;
  /** Messages that were shown at all. */
  readonly shown: number;
  readonly missing: number;
  /** How often a message was shown that had been before. */
  readonly twice: number;
  readonly outOfOrder: number;
  readonly unconfirmed: number;
  /** Messages of which their sender is told that they were refused or not sent. */
  readonly refused: number;
  /** Messages that their writer took back and that were not confirmed before; they need not be shown. */
  readonly withdrawn: number;
  /** Messages that are neither shown, nor is their sender told that they may not have been; or told nothing final. */
  readonly silent: number;
  /** Messages that are said to be delivered and were not shown, or refused and were, or shown to somebody else. */
  readonly untrue: number;
}

interface Entry {
  /** The session that it was written to. */
  readonly to: string;
  readonly place: number;
  /** What is tried again has a place other than where it was written. */
  wasRetried: boolean;
  wasCancelled: boolean;
  shown: number;
  /** The sequence in which it was shown. */
  sequence: string | undefined;
  status: Status['kind'];
  isAstray: boolean;
}

/** Keeps account of every message from its writing to what became of it, at its reader and at its writer. Texts are unique. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #owners = new Map<string, string>();
  /** How far each sequence got that must be in order: the messages of one session to another. */
  readonly #reached = new Map<string, number>();
  #outOfOrder = 0;

  get written(): number {
    return this.#entries.size;
  }

  get shown(): number {
    return this.#count(({ shown }) => shown > 0);
  }

  /** A session is that of a tab. */
  own(session: string, tab: string): void {
    this.#owners.set(session, tab);
  }

  write(text: string, to: string): void {
    const place = this.#entries.size;
    this.#entries.set(text, {
      ...{ to, place, wasRetried: false, wasCancelled: false },
      ...{ shown: 0, sequence: undefined, status: 'queued', isAstray: false },
    });
  }

  retry(text: string): void {
    this.#entry(text).wasRetried = true;
  }

  /** Its writer takes a message back. */
  cancel(text: string): void {
    this.#entry(text).wasCancelled = true;
  }

  /**
   * These were shown on a page that has crashed before it stored them, and nobody can see them any more: it is right that they are
   * shown again, from there on in order.
   */
  unshow(texts: ReadonlySet<string>): void {
    for (const [text, entry] of this.#entries) {
      if (!texts.has(text)) continue;
      entry.shown = 0;
      if (entry.sequence === undefined) continue;
      this.#reached.set(entry.sequence, Math.min(entry.place, this.#reached.get(entry.sequence) ?? 0));
    }
  }

  /** A tab shows what a session wrote. */
  show(text: string, tab: string, speaker: string): void {
    const entry = this.#entry(text);
    if (this.#owners.get(entry.to) !== tab) entry.isAstray = true;
    if (entry.shown++ > 0 || entry.wasRetried) return;
    const sequence = `${speaker} to ${entry.to}`;
    entry.sequence = sequence;
    if (entry.place < (this.#reached.get(sequence) ?? 0)) this.#outOfOrder++;
    else this.#reached.set(sequence, entry.place);
  }

  /** What the writer of a message is told of it. */
  tell(text: string, status: Status['kind']): void {
    this.#entry(text).status = status;
  }

  /** What is known of messages that fared otherwise than shown once and delivered, for whoever looks for the cause. */
  suspects(): readonly string[] {
    return [...this.#entries]
      .filter(([, entry]) => isOdd(entry))
      .map(([text, { shown, status, to }]) => `${text.slice(0, 40)} to ${to}: shown ${shown}, ${status}`);
  }

  figures(): Figures {
    const count = (isIt: (entry: Entry) => boolean) => this.#count(isIt);
    return {
      written: this.written,
      shown: this.shown,
      missing: count((entry) => entry.shown === 0 && !isWithdrawn(entry)),
      twice: [...this.#entries.values()].reduce((sum, { shown }) => sum + Math.max(0, shown - 1), 0),
      outOfOrder: this.#outOfOrder,
      unconfirmed: count((entry) => entry.status === 'unconfirmed' && !isWithdrawn(entry)),
      refused: count((entry) => isRefused(entry) && !isWithdrawn(entry)),
      withdrawn: count(isWithdrawn),
      silent: count(({ status }) => status === 'queued' || status === 'sent'),
      untrue: count(
        (entry) =>
          entry.isAstray ||
          (entry.status === 'delivered' && entry.shown === 0) ||
          (isRefused(entry) && entry.shown > 0),
      ),
    };
  }

  #count(isIt: (entry: Entry) => boolean): number {
    return [...this.#entries.values()].filter(isIt).length;
  }

  #entry(text: string): Entry {
    const entry = this.#entries.get(text);
    if (entry === undefined) throw new Error(`nobody has written ${text}`);
    return entry;
  }
}

const isOdd = (entry: Entry): boolean =>
  entry.isAstray || (!isWithdrawn(entry) && (entry.shown !== 1 || entry.status !== 'delivered'));
/** One that may have been sent before it was taken back may also have been shown, and its writer is told so. */
const isWithdrawn = ({ wasCancelled, status }: Entry): boolean =>
  wasCancelled && (status === 'cancelled' || status === 'unconfirmed');
const isRefused = ({ status }: Entry): boolean => status === 'refused' || status === 'cancelled';
