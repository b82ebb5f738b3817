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
    <button type="button" (click)="copy()">
      <span
        >{{ caption() }}<span class="visually-hidden"> {{ what() }}</span></span
      >
    </button>
  `,
  styles: `
    button {
      min-width: 5.5rem;
    }
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  /** What is copied, for those who do not see what stands beside the button. */
  readonly what = input.required<string>();

  readonly #clipboard = inject(Clipboard);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #scheduler = inject(SCHEDULER);
  readonly #result = signal<'copied' | 'failed' | undefined>(undefined);
  #forgetting = Subscription.EMPTY;

  protected readonly caption = computed(() => {
    if (this.#result() === undefined) return 'Copy';
    return this.#result() === 'copied' ? 'Copied' : 'Not copied';
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.#forgetting.unsubscribe());
  }

  protected copy(): void {
    const copied = this.#clipboard.copy(this.text());
    this.#result.set(copied ? 'copied' : 'failed');
    void this.#announcer.announce(
      copied ? `Copied ${this.what()}` : `Could not copy ${this.what()}`,
      'polite',
    );
    this.#forgetting.unsubscribe();
    this.#forgetting = timer(CONFIRM_MS, this.#scheduler).subscribe(() => this.#result.set(undefined));
  }
}
