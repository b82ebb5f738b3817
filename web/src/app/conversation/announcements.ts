import { LiveAnnouncer } from '@angular/cdk/a11y';
import { inject, Service } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Connection } from '../connection/connection.ts';
import { callOf } from '../peers/naming.ts';
import { shortened } from './graphemes.ts';

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
        void this.#announcer.announce(
          $localize`${callOf(partner)}:name:: ${shortened(text, MOST)}:text:`,
          'polite',
        );
      });
  }
}
