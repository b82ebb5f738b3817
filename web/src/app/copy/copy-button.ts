import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { Subscription, timer } from 'rxjs';
import { SCHEDULER } from '../connection/tokens.ts';

/** How long the button says what it did. */
export const CONFIRM_MS = 2000;

/** Copies a text with one click, and says so on screen and to screen readers. */
@Component({
  selector: 'app-copy-button',
  template: `
    <button type="button" [attr.aria-label]="words().name" (click)="copy()">{{ words().caption }}</button>
  `,
  styles: `
    button {
      min-width: 5.5rem;
      white-space: nowrap;
    }
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  /** What is copied, for those who do not see what stands beside the button. */
  readonly what = input.required<string>();
  /** What stands on the button, where "Copy" alone would not do. */
  readonly caption = input($localize`Copy`);

  readonly #clipboard = inject(Clipboard);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #scheduler = inject(SCHEDULER);
  readonly #result = signal<'copied' | 'failed' | undefined>(undefined);
  #forgetting = Subscription.EMPTY;

  /** What one sees begins what one hears. */
  protected readonly words = computed(() => {
    const what = this.what();
    switch (this.#result()) {
      case undefined:
        return { caption: this.caption(), name: $localize`Copy ${what}:what:` };
      case 'copied':
        return { caption: $localize`Copied`, name: $localize`Copied ${what}:what:` };
      case 'failed':
        return { caption: $localize`Not copied`, name: $localize`Not copied: ${what}:what:` };
    }
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#forgetting.unsubscribe());
  }

  protected copy(): void {
    this.#result.set(this.#clipboard.copy(this.text()) ? 'copied' : 'failed');
    void this.#announcer.announce(this.words().name, 'polite');
    this.#forgetting.unsubscribe();
    this.#forgetting = timer(CONFIRM_MS, this.#scheduler).subscribe(() => this.#result.set(undefined));
  }
}
