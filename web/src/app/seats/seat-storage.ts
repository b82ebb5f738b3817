import type { TextStorage } from '../connection/tab-memory.ts';

/** The part of a tab's storage that belongs to one seat. */
export class SeatStorage implements TextStorage {
  readonly #storage: TextStorage;
  readonly #prefix: string;
  readonly #used = new Set<string>();

  constructor(storage: TextStorage, seat: string) {
    this.#storage = storage;
    this.#prefix = `hello-websocket/seat/${seat}/`;
  }

  getItem(key: string): string | null {
    return this.#storage.getItem(this.#at(key));
  }

  setItem(key: string, text: string): void {
    this.#storage.setItem(this.#at(key), text);
  }

  removeItem(key: string): void {
    this.#storage.removeItem(this.#at(key));
  }

  /** Leaves nothing behind of what was read or written here. */
  clear(): void {
    for (const key of this.#used) this.#storage.removeItem(key);
  }

  #at(key: string): string {
    const place = this.#prefix + key;
    this.#used.add(place);
    return place;
  }
}
