import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { Subscription, timer } from 'rxjs';
import { SCHEDULER } from '../connection/tokens.ts';

/** How long the button says what it did. */
export const CONFIRM_MS = 2000;

/** Two sheets, a link, a tick, a cross. */
const ICONS = {
  copy: 'M7 7h9v10H7zM13 7V3H4v10h3',
  link: 'M8.5 11.5l3-3M9 6.5l2-2a3.2 3.2 0 0 1 4.5 4.5l-2 2M11 13.5l-2 2A3.2 3.2 0 0 1 4.5 11l2-2',
  copied: 'M4 10.5l4 4 8-9',
  failed: 'M5 5l10 10M15 5L5 15',
} as const;

/** Copies a text with one click, and says so on screen and to screen readers. Without its words where `--caption` is `none`. */
@Component({
  selector: 'app-copy-button',
  template: `
    <button type="button" [attr.aria-label]="words().name" [title]="words().name" (click)="copy()">
      <svg viewBox="0 0 20 20" aria-hidden="true"><path [attr.d]="words().icon" /></svg>
      <span class="caption">{{ words().caption }}</span>
    </button>
  `,
  styles: `
    button {
      min-width: 2.25rem;
      padding-inline: var(--space-2);
      white-space: nowrap;
    }
    .caption {
      display: var(--caption, inline);
    }
    svg {
      width: 1.125rem;
      height: 1.125rem;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class CopyButton {
  readonly text = input.required<string>();
  /** What is copied, for those who do not see what stands beside the button. */
  readonly what = input.required<string>();
  /** What stands on the button, where "Copy" alone would not do. */
  readonly caption = input($localize`Copy`);
  readonly icon = input<'copy' | 'link'>('copy');

  readonly #clipboard = inject(Clipboard);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #scheduler = inject(SCHEDULER);
  readonly #result = signal<'copied' | 'failed' | undefined>(undefined);
  #forgetting = Subscription.EMPTY;

  /** What one sees begins what one hears. */
  protected readonly words = computed(() => {
    const what = this.what();
    const result = this.#result();
    const icon = ICONS[result ?? this.icon()];
    switch (result) {
      case undefined:
        return { icon, caption: this.caption(), name: $localize`Copy ${what}:what:` };
      case 'copied':
        return { icon, caption: $localize`Copied`, name: $localize`Copied ${what}:what:` };
      case 'failed':
        return { icon, caption: $localize`Not copied`, name: $localize`Not copied: ${what}:what:` };
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
