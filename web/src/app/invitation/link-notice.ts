import { Component, inject } from '@angular/core';
import { LinkTarget } from './link-target.ts';

/** Says why the conversation that the page's address asks for is not open. */
@Component({
  selector: 'app-link-notice',
  template: `
    @switch (target.trouble()) {
      @case ('not-here') {
        <p i18n>The peer that this link leads to is not here now. Its conversation opens when it comes.</p>
      }
      @case ('our-own') {
        <p i18n>This is the link to you: give it to somebody else.</p>
      }
    }
    @if (target.trouble()) {
      <button
        type="button"
        (click)="target.forget()"
        i18n-aria-label
        aria-label="Dismiss what is said of the link"
        i18n
      >
        Dismiss
      </button>
    }
  `,
  host: { '[class.said]': 'target.trouble() !== undefined' },
  styles: `
    :host(.said) {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--space-3);
      padding: var(--space-2) var(--space-3);
      border: 1px solid var(--accent);
      border-radius: var(--round);
      background: var(--accent-wash);
      font-size: var(--text-s);
    }
    button {
      flex: none;
    }
  `,
})
export class LinkNotice {
  protected readonly target = inject(LinkTarget);
}
