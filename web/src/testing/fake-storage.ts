import type { TextStorage } from '../app/connection/tab-memory.ts';

/** The storage of a tab, with so much room. */
export class FakeStorage implements TextStorage {
  /** How many characters fit. */
  room: number;
  readonly items = new Map<string, string>();

  constructor(room = Infinity) {
    this.room = room;
  }

  /** What the browser gives to a duplicated tab. */
  copy(): FakeStorage {
    const copy = new FakeStorage(this.room);
    for (const [key, text] of this.items) copy.items.set(key, text);
    return copy;
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    const others = [...this.items].filter(([other]) => other !== key);
    const used = others.reduce((sum, [other, its]) => sum + other.length + its.length, 0);
    if (used + key.length + text.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(key, text);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}
