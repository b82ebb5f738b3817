import type { TextStorage } from '../connection/tab-memory.ts';

/** A further seat of the window, as it is stored. */
export interface SeatNote {
  /** Tells its storage from that of others: never used twice in a tab. */
  readonly key: string;
  /** The label under which the others see it. */
  readonly name: string;
}

/** The further seats that a tab had in a room, so that a reload brings them back. */
export class SeatList {
  readonly #storage: TextStorage | undefined;
  readonly #key: string;

  constructor(storage: TextStorage | undefined, room: string) {
    this.#storage = storage;
    this.#key = `hello-websocket/${room}/seats`;
  }

  recall(): readonly SeatNote[] {
    try {
      const value: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? '[]');
      return Array.isArray(value) ? value.filter(isSeatNote) : [];
    } catch {
      // Somebody else has written there: it is not ours to mend.
      return [];
    }
  }

  keep(seats: readonly SeatNote[]): void {
    if (seats.length === 0) {
      this.#storage?.removeItem(this.#key);
      return;
    }
    const text = JSON.stringify(seats.map(({ key, name }) => ({ key, name })));
    try {
      this.#storage?.setItem(this.#key, text);
    } catch {
      // QuotaExceededError: the next page has these seats no more, and loses nothing else.
      this.#storage?.removeItem(this.#key);
    }
  }
}

const isSeatNote = (value: unknown): value is SeatNote =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'key') === 'string' &&
  typeof Reflect.get(value, 'name') === 'string';
