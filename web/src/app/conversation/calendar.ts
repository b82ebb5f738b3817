import { inject, Service } from '@angular/core';
import { LOCALE } from '../language/locale.ts';

/** Moments, in milliseconds since the epoch, as the reader's own calendar and clock show them. */
@Service()
export class Calendar {
  readonly #locale = inject(LOCALE);
  readonly #clock = new Intl.DateTimeFormat(this.#locale, { hour: '2-digit', minute: '2-digit' });
  readonly #days = new Intl.DateTimeFormat(this.#locale, { dateStyle: 'full' });

  /** The time of day. */
  timeOf(at: number): string {
    return this.#clock.format(at);
  }

  /** The day, in full. */
  dayOf(at: number): string {
    return this.#days.format(at);
  }
}
