import { computed, effect, inject, linkedSignal, Service } from '@angular/core';
import { Layout } from '../appearance/layout.ts';
import { sessionIn } from '../connection/address.ts';
import { FRAGMENT } from '../connection/tokens.ts';
import { Seats } from '../seats/seats.ts';

/** The peer that the page's address names (`#to=`): its conversation opens as soon as it is here. */
@Service()
export class LinkTarget {
  readonly #fragment = inject(FRAGMENT);
  readonly #layout = inject(Layout);
  readonly #connection = inject(Seats).first.connection;
  readonly #wanted = linkedSignal(() => sessionIn(this.#fragment()));

  /** Why its conversation is not open yet, or cannot be: the link is our own. */
  readonly trouble = computed(() => {
    const wanted = this.#wanted();
    if (wanted === undefined || !this.#connection.connected()) return undefined;
    return wanted === this.#connection.me()?.session ? 'our-own' : 'not-here';
  });

  constructor() {
    effect(() => {
      const wanted = this.#wanted();
      if (wanted === undefined || !this.#connection.partners().some(({ session }) => session === wanted))
        return;
      this.#wanted.set(undefined);
      this.#connection.select(wanted);
      this.#layout.show('conversation');
    });
  }

  /** Waits for it no longer. */
  forget(): void {
    this.#wanted.set(undefined);
  }
}
