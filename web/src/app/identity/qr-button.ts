import { _IdGenerator } from '@angular/cdk/a11y';
import { Component, computed, inject, input, signal } from '@angular/core';
import { Qr } from './qr.ts';

/** Shows the link to us as a QR code, for a device that has a camera. */
@Component({
  selector: 'app-qr-button',
  imports: [Qr],
  template: `
    <button type="button" class="icon" [attr.popovertarget]="id">
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM12 12h2v2M17 12v5h-5v-2" />
      </svg>
      <span class="visually-hidden" i18n>Show the link to you as a QR code</span>
    </button>
    <div popover [id]="id" (toggle)="shown.set(isOpen($event))">
      @defer (when shown()) {
        <app-qr [text]="link()" i18n-label label="QR code of the link to you" />
      } @placeholder {
        <div class="place"></div>
      }
      <p i18n>Whoever scans it comes into this room, into a conversation with you.</p>
      <code>{{ shownLink() }}</code>
    </div>
  `,
  styleUrl: '../appearance/popover.css',
  styles: `
    .icon {
      border-color: var(--line-strong);
    }
    [popover] {
      font-size: var(--text-s);
    }
    .place {
      aspect-ratio: 1;
    }
    p {
      margin-block: var(--space-3) var(--space-2);
    }
    code {
      overflow-wrap: anywhere;
    }
  `,
})
export class QrButton {
  readonly link = input.required<string>();

  /** The link as text, in which nobody can read the invitation. */
  protected readonly shownLink = computed(() => this.link().replace(/(invitation=)[^&]+/, '$1…'));
  protected readonly id = inject(_IdGenerator).getId('qr-');
  protected readonly shown = signal(false);

  protected isOpen(event: Event): boolean {
    return event instanceof ToggleEvent && event.newState === 'open';
  }
}
