/** A map that holds the newest of its keys. */
export class BoundedMap<K, V> {
  readonly #most: number;
  readonly #items = new Map<K, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: K): V | undefined {
    return this.#items.get(key);
  }

  set(key: K, value: V): void {
    this.#items.delete(key);
    this.#items.set(key, value);
    for (const oldest of this.#items.keys()) {
      if (this.#items.size <= this.#most) break;
      this.#items.delete(oldest);
    }
  }

  /** Reads a value and removes it. */
  take(key: K): V | undefined {
    const value = this.#items.get(key);
    this.#items.delete(key);
    return value;
  }
}
