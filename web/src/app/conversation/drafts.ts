import { Service } from '@angular/core';

/** What was typed to each session and not sent yet. */
@Service()
export class Drafts {
  readonly #drafts = new Map<string, string>();

  of(session: string): string {
    return this.#drafts.get(session) ?? '';
  }

  keep(session: string, text: string): void {
    if (text === '') this.#drafts.delete(session);
    else this.#drafts.set(session, text);
  }
}
