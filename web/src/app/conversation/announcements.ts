import { LiveAnnouncer } from '@angular/cdk/a11y';
import { inject, Service } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Connection } from '../connection/connection.ts';
import { callOf } from '../peers/naming.ts';

/** The most characters of a message that are read out unasked. */
const MOST = 200;

/** Reads arriving messages out to those who do not see them arrive. */
@Service({ autoProvided: false })
export class Announcements {
  readonly #announcer = inject(LiveAnnouncer);

  constructor() {
    inject(Connection)
      .arrivals.pipe(takeUntilDestroyed())
      .subscribe(({ partner, text }) => {
        const more = text.length > MOST ? '…' : '';
        void this.#announcer.announce(`${callOf(partner)}: ${text.slice(0, MOST)}${more}`, 'polite');
      });
  }
}
