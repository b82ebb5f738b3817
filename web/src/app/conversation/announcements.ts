import { inject, Injector, Service } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { concatMap } from 'rxjs';
import { Connection } from '../connection/connection.ts';
import { callOf } from '../peers/naming.ts';

/** The most characters of a message that are read out unasked. */
const MOST = 200;

/** Reads arriving messages out to those who do not see them arrive. */
@Service({ autoProvided: false })
export class Announcements {
  constructor() {
    const injector = inject(Injector);
    inject(Connection)
      .arrivals.pipe(
        // What reads out is fetched with the first message.
        concatMap(async (arrived) => ({ ...arrived, ...(await import('./announcer.ts')) })),
        takeUntilDestroyed(),
      )
      .subscribe(({ partner, text, LiveAnnouncer, shortened }) => {
        const said = $localize`${callOf(partner)}:name:: ${shortened(text, MOST)}:text:`;
        void injector.get(LiveAnnouncer).announce(said, 'polite');
      });
  }
}
