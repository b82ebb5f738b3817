import { _IdGenerator } from '@angular/cdk/a11y';
import { Component, computed, type ElementRef, inject, viewChild } from '@angular/core';
import { Admission } from '../admission/admission.ts';
import { Credentials } from '../admission/credentials.ts';
import { LOCALE } from '../language/locale.ts';
import { TokenForm } from './token-form.ts';

/** Who has signed in, and the way to do so. */
@Component({
  selector: 'app-sign-in',
  imports: [TokenForm],
  templateUrl: './sign-in.html',
  styleUrl: '../appearance/popover.css',
  styles: `
    .who {
      max-width: 12rem;
    }
    .who > span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    [popover] {
      width: min(22rem, 90vw);
    }
    .now {
      display: grid;
      justify-items: start;
      gap: var(--space-2);
      margin-block-end: var(--space-4);
      overflow-wrap: anywhere;
    }
    @media (width < 48rem) {
      .who {
        max-width: 6rem;
      }
    }
  `,
})
export class SignIn {
  readonly #credentials = inject(Credentials);
  readonly #dates = new Intl.DateTimeFormat(inject(LOCALE), { dateStyle: 'medium', timeStyle: 'short' });

  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');

  protected readonly id = inject(_IdGenerator).getId('sign-in-');
  protected readonly token = inject(Admission).token;
  protected readonly subject = computed(() => this.token()?.subject);
  /** When the token ends, where it does. */
  protected readonly until = computed(() => {
    const { endsAt = Infinity } = this.token() ?? {};
    return endsAt === Infinity ? undefined : this.#dates.format(endsAt);
  });

  protected close(): void {
    this.box().nativeElement.hidePopover();
  }

  protected signOut(): void {
    this.#credentials.keep('token', undefined);
  }
}
