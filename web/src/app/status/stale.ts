import { Component, computed, inject, input, signal } from '@angular/core';
import { RELOAD } from '../appearance/reload.ts';
import { BUILD } from './build.ts';

/** Offers to load the page anew when the functions are of another build: they may say what this page does not know. */
@Component({
  selector: 'app-stale',
  template: `
    @if (other(); as other) {
      <p i18n>The functions are of build {{ other }}, and this page is of {{ build }}.</p>
      <button type="button" class="primary" (click)="reload()" i18n>Reload the page</button>
      <button type="button" (click)="dismissed.set(other)" i18n>Not now</button>
    }
  `,
  host: { '[class.said]': 'other() !== undefined' },
  styles: `
    :host(.said) {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-2);
      padding: var(--space-2) var(--space-3);
      border: 1px solid var(--busy);
      border-radius: var(--round);
      background: var(--sheet);
      font-size: var(--text-s);
    }
    p {
      flex: 1 1 16rem;
    }
  `,
})
export class Stale {
  /** The build that the welcome names; nothing before there was one. */
  readonly served = input<string>();

  protected readonly reload = inject(RELOAD);
  protected readonly build = inject(BUILD);
  protected readonly dismissed = signal<string | undefined>(undefined);
  /** The build of the functions, when it is not ours. */
  protected readonly other = computed(() => {
    const served = this.served();
    return served === this.build || served === this.dismissed() ? undefined : served;
  });
}
