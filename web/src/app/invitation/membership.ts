import { Component, computed, inject, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, timer } from 'rxjs';
import { Admission } from '../admission/admission.ts';
import { Credentials } from '../admission/credentials.ts';
import { withInvitation } from '../admission/invited.ts';
import { SCHEDULER } from '../connection/tokens.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { LOCALE } from '../language/locale.ts';
import { LifeField } from './life-field.ts';

/** How often is looked whether the invitation has ended. */
const LOOK_MS = 10_000;

/** In a room for members: until when one can invite by the invitation that there is, and another where the room was made. */
@Component({
  selector: 'app-membership',
  imports: [CopyButton, LifeField],
  templateUrl: './membership.html',
  styles: `
    :host {
      display: grid;
      justify-items: start;
      gap: var(--space-3);
    }
  `,
})
export class Membership {
  /** The address of this page. */
  readonly page = input.required<string>();

  readonly #scheduler = inject(SCHEDULER);
  readonly #credentials = inject(Credentials);
  readonly #dates = new Intl.DateTimeFormat(inject(LOCALE), { dateStyle: 'medium', timeStyle: 'short' });
  readonly #now = toSignal(timer(0, LOOK_MS, this.#scheduler).pipe(map(() => this.#scheduler.now())), {
    initialValue: this.#scheduler.now(),
  });

  protected readonly admission = inject(Admission);
  protected readonly what = $localize`the invitation`;
  protected readonly until = computed(() => {
    const at = this.admission.invitedUntil();
    return at === undefined ? undefined : this.#dates.format(at);
  });
  protected readonly isGood = computed(() => (this.admission.invitedUntil() ?? 0) > this.#now());
  protected readonly link = computed(
    () => withInvitation(this.page(), this.#credentials.invitation()) ?? this.page(),
  );
}
