import { effect, inject, Service, signal, untracked } from '@angular/core';
import { Subject } from 'rxjs';
import type { Credential } from '../connection/pass.ts';
import { FRAGMENT, PLACE, STORAGE } from '../connection/tokens.ts';

const KINDS: readonly Credential[] = ['invitation', 'token'];

/** Where a tab keeps one: an invitation is to one room. */
export const keyOf = (kind: Credential, room: string): string =>
  kind === 'token' ? 'hello-websocket/token' : `hello-websocket/${room}/invitation`;

/** What lets us in: brought by the fragment of a link, or by hand, and kept in the tab for its reloads. */
@Service()
export class Credentials {
  readonly #storage = inject(STORAGE);
  readonly #fragment = inject(FRAGMENT);
  readonly #place = inject(PLACE);
  readonly #room = this.#place.type === 'place' ? this.#place.room : '';
  readonly #held = {
    invitation: signal(this.#recalled('invitation')),
    token: signal(this.#recalled('token')),
  };
  readonly #renewed = new Subject<Credential>();
  #taken = '';

  readonly invitation = this.#held.invitation.asReadonly();
  readonly token = this.#held.token.asReadonly();
  /** Another one is kept, or none any more. */
  readonly renewed = this.#renewed.asObservable();

  constructor() {
    this.#take(this.#fragment());
    effect(() => {
      const fragment = this.#fragment();
      untracked(() => this.#take(fragment));
    });
  }

  /** Keeps one in the place of the one before; forgets it without a text. */
  keep(kind: Credential, text: string | undefined): void {
    this.#held[kind].set(text);
    const key = keyOf(kind, this.#room);
    try {
      if (text === undefined) this.#storage?.removeItem(key);
      else this.#storage?.setItem(key, text);
    } catch {
      // QuotaExceededError: it is good until the page is loaded again.
    }
    this.#renewed.next(kind);
  }

  #recalled(kind: Credential): string | undefined {
    return this.#storage?.getItem(keyOf(kind, this.#room)) ?? undefined;
  }

  #take(fragment: string): void {
    if (fragment === this.#taken) return;
    this.#taken = fragment;
    const fields = new URLSearchParams(fragment.slice(1));
    for (const kind of KINDS) {
      const text = fields.get(kind);
      if (text !== null) this.keep(kind, text);
    }
  }
}
