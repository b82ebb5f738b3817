import type { Locks } from '../app/connection/claims.ts';

/** The locks of one browser. A request for one that is held waits for ever, and so until its patience ends at once. */
export class FakeLocks implements Locks {
  readonly held = new Set<string>();

  async request(name: string, _options: object, callback: () => Promise<void>): Promise<void> {
    if (this.held.has(name)) throw new DOMException('waited for too long', 'TimeoutError');
    this.held.add(name);
    await callback();
    this.held.delete(name);
  }
}
