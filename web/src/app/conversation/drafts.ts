import { inject, Service } from '@angular/core';
import { STORAGE } from '../connection/tokens.ts';

/** How many characters of a draft are stored: twice what a frame holds, so that none takes the room of what must not be lost. */
export const MOST_STORED = 64 * 1024;

const keyOf = (session: string): string => `hello-websocket/draft/${session}`;

/** What was typed to each session and not sent yet; it survives a reload of the tab. */
@Service({ autoProvided: false })
export class Drafts {
  readonly #storage = inject(STORAGE);
  readonly #drafts = new Map<string, string>();

  of(session: string): string {
    return this.#drafts.get(session) ?? this.#storage?.getItem(keyOf(session)) ?? '';
  }

  keep(session: string, text: string): void {
    this.#drafts.set(session, text);
    if (text === '' || text.length > MOST_STORED) this.#storage?.removeItem(keyOf(session));
    else this.#store(session, text);
  }

  #store(session: string, text: string): void {
    try {
      this.#storage?.setItem(keyOf(session), text);
    } catch {
      // QuotaExceededError: how much fits cannot be asked. An older draft would be worse than none.
      this.#storage?.removeItem(keyOf(session));
    }
  }
}
