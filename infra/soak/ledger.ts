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
  /** Messages of which their sender is told that they were refused, cancelled or not sent. */
  readonly refused: number;
  /** Messages that are neither shown, nor is their sender told that they may not have been; or told nothing final. */
  readonly silent: number;
  /** Messages that are said to be delivered and were not shown, or refused and were, or shown to somebody else. */
  readonly untrue: number;
}

interface Entry {
  /** The session that it was written to. */
  readonly to: string;
  readonly place: number;
  /** What is tried again has another place than where it was written. */
  wasRetried: boolean;
  shown: number;
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
    const entry = { to, place, wasRetried: false, shown: 0, status: 'queued', isAstray: false } as const;
    this.#entries.set(text, { ...entry });
  }

  retry(text: string): void {
    this.#entry(text).wasRetried = true;
  }

  /** A tab shows what a session wrote. */
  show(text: string, tab: string, speaker: string): void {
    const entry = this.#entry(text);
    if (this.#owners.get(entry.to) !== tab) entry.isAstray = true;
    if (entry.shown++ > 0 || entry.wasRetried) return;
    const sequence = `${speaker} to ${entry.to}`;
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
      .filter(([, entry]) => entry.shown !== 1 || entry.status !== 'delivered' || entry.isAstray)
      .map(([text, { shown, status, to }]) => `${text.slice(0, 40)} to ${to}: shown ${shown}, ${status}`);
  }

  figures(): Figures {
    const count = (isIt: (entry: Entry) => boolean) => this.#count(isIt);
    return {
      written: this.written,
      shown: this.shown,
      missing: count(({ shown }) => shown === 0),
      twice: [...this.#entries.values()].reduce((sum, { shown }) => sum + Math.max(0, shown - 1), 0),
      outOfOrder: this.#outOfOrder,
      unconfirmed: count(({ status }) => status === 'unconfirmed'),
      refused: count(isRefused),
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

const isRefused = ({ status }: Entry): boolean => status === 'refused' || status === 'cancelled';
