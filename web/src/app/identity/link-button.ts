import { Component, computed, DOCUMENT, inject, input } from '@angular/core';
import { isMembersOnly } from '#protocol';
import { Credentials } from '../admission/credentials.ts';
import { withInvitation } from '../admission/invited.ts';
import { PLACE } from '../connection/tokens.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { isLoopback } from './loopback.ts';
import { QrButton } from './qr-button.ts';

/** Hands on the link to us: into the clipboard, and where another device can follow it as a QR code. */
@Component({
  selector: 'app-link-button',
  imports: [CopyButton, QrButton],
  template: `
    @if (handedOn(); as link) {
      <app-copy-button icon="link" [what]="what" [caption]="caption" [text]="link" />
      @if (reachable) {
        @defer {
          <app-qr-button [link]="link" />
        } @placeholder {
          <span class="place"></span>
        }
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      gap: var(--space-1);
    }
    .place {
      width: 2.25rem;
    }
  `,
})
export class LinkButton {
  /** The address of a page that opens the conversation with us. */
  readonly link = input.required<string>();

  readonly #place = inject(PLACE);
  readonly #membersOnly = this.#place.type === 'place' && isMembersOnly(this.#place.room);
  readonly #invitation = inject(Credentials).invitation;

  /** The same, with the invitation that a room for members asks for; undefined while there is none. */
  protected readonly handedOn = computed(() =>
    this.#membersOnly ? withInvitation(this.link(), this.#invitation()) : this.link(),
  );
  protected readonly caption = this.#membersOnly ? $localize`Invitation` : $localize`Link`;
  protected readonly what = this.#membersOnly ? $localize`the invitation` : $localize`the link to you`;
  /** Whether another device can follow the link. */
  protected readonly reachable = !isLoopback(inject(DOCUMENT).location.hostname);
}
