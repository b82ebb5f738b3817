/** What is used of the Web Locks API. */
export interface Locks {
  request(
    name: string,
    options: { readonly signal: AbortSignal },
    callback: () => Promise<void>,
  ): Promise<unknown>;
}

/** How long a claim waits: a page that is being reloaded may hold its lock a moment longer. */
const PATIENCE_MS = 500;

/**
 * Sees to it that a session is in one tab alone. A duplicated tab has a copy of the storage of the first, and can be
 * told from it by nothing but that the first still holds the lock.
 */
export class Claims {
  readonly #locks: Locks | undefined;
  #release: (() => void) | undefined;

  /** Without locks (a page that is neither on https nor on localhost) no claim succeeds. */
  constructor(locks: Locks | undefined) {
    this.#locks = locks;
  }

  /** Holds the session until the page ends or claims another; false when another tab has it. */
  claim(session: string): Promise<boolean> {
    const locks = this.#locks;
    if (!locks) return Promise.resolve(false);
    return new Promise((resolve) => {
      const held = () =>
        new Promise<void>((release) => {
          this.release();
          this.#release = release;
          resolve(true);
        });
      const signal = AbortSignal.timeout(PATIENCE_MS);
      // Rejects when the patience ends, and that is the answer.
      locks.request(`hello-websocket/${session}`, { signal }, held).catch(() => resolve(false));
    });
  }

  /** Lets the session go. */
  release(): void {
    this.#release?.();
    this.#release = undefined;
  }
}
