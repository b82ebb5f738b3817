import { effect, inject, Service, untracked } from '@angular/core';
import { Layout } from '../appearance/layout.ts';
import { Seats } from '../seats/seats.ts';
import { type MessagePlace, Reveal } from '../wire/reveal.ts';

/** Brings what somebody asks to see onto the screen: the conversation of a message, or the wire. */
@Service()
export class Leading {
  readonly #layout = inject(Layout);
  readonly #seats = inject(Seats);

  constructor() {
    const reveal = inject(Reveal);
    effect(() => {
      const place = reveal.message();
      if (place) untracked(() => this.#toConversation(place));
    });
    effect(() => {
      if (reveal.frames()) untracked(() => this.#layout.show('wire'));
    });
  }

  #toConversation({ seat: key, session }: MessagePlace): void {
    const seat = this.#seats.all().find((one) => one.key === key);
    if (!seat) return;
    this.#seats.activate(key);
    seat.connection.select(session);
    this.#layout.show('conversation');
  }
}
