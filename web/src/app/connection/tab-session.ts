import { distinctUntilChanged, filter, type Observable } from 'rxjs';
import { Claims, type Locks } from './claims.ts';
import { hasMemory, TabMemory, type TextStorage } from './tab-memory.ts';

/** The session of one tab: remembered through a reload, and in no other tab. */
export class TabSession {
  readonly #storage: TextStorage | undefined;
  readonly #claims: Claims;
  #memory: TabMemory | undefined;

  constructor(storage: TextStorage | undefined, locks: Locks | undefined) {
    this.#storage = storage;
    this.#claims = new Claims(locks);
  }

  /** What a former page of this tab has left, unless the tab is a copy of one that goes on with it. */
  async recall(room: string): Promise<TabMemory | undefined> {
    if (!this.#storage) return undefined;
    // Fetched where it is asked for: who comes for the first time has nothing to read.
    const reading = hasMemory(this.#storage, room) ? await import('./recollection.ts') : undefined;
    const memory = new TabMemory(this.#storage, room, reading?.recollect);
    this.#memory = memory;
    const session = memory.recall()?.resume.session;
    if (session === undefined) return memory;
    if (await this.#claims.claim(session)) memory.own(session);
    else memory.forget();
    return memory;
  }

  /** The sessions that are not stored yet, of those that we have: each is to be claimed first. */
  strange(sessions: Observable<string | undefined>): Observable<string> {
    return sessions.pipe(
      distinctUntilChanged(),
      filter((session) => session !== undefined),
      filter((session) => !this.#memory?.owns(session)),
    );
  }

  /** Sees to it that a new session is in this tab alone before it is stored; false when it is not. */
  async claim(session: string): Promise<boolean> {
    const isOurs = await this.#claims.claim(session);
    if (isOurs) this.#memory?.own(session);
    return isOurs;
  }

  /** Lets the session go. */
  release(): void {
    this.#claims.release();
  }
}
