import { Component, computed, inject, input } from '@angular/core';
import { ACTION } from '#protocol';
import { OpenSeat } from '../seats/open-seat.ts';
import { Credentials } from '../admission/credentials.ts';
import { withInvitation } from '../admission/invited.ts';
import { Connection } from '../connection/connection.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { TokenForm } from '../sign-in/token-form.ts';
import { Membership } from './membership.ts';

/** How to bring in somebody to talk to: here, in a second window, or from a terminal. */
@Component({
  selector: 'app-invitation',
  imports: [CopyButton, Membership, OpenSeat, TokenForm],
  templateUrl: './invitation.html',
  styleUrl: './invitation.css',
})
export class Invitation {
  /** The address of this page. */
  readonly page = input.required<string>();
  /** The URL at which a terminal joins the room. */
  readonly url = input<string>();
  /** The connectionId that a terminal should write to. */
  readonly forward = input<string>();

  readonly #connection = inject(Connection);
  readonly #credentials = inject(Credentials);

  protected readonly membersOnly = this.#connection.membersOnly;
  /** Whether nobody comes in here before signing in. */
  protected readonly signsIn = computed(() => {
    const phase = this.#connection.phase();
    return phase.kind === 'waiting' && phase.why.kind === 'barred' && phase.why.lack.credential === 'token';
  });
  /** The address at which another window comes in. */
  protected readonly invited = computed(() => {
    const invitation = this.membersOnly ? this.#credentials.invitation() : undefined;
    return withInvitation(this.page(), invitation) ?? this.page();
  });
  protected readonly steps = computed(() => {
    const url = this.url();
    if (url === undefined) return [];
    const data = $localize`Hello from a terminal`;
    const forward = this.forward() ?? '<connectionId>';
    return [
      // Shells take a bare ? for a pattern.
      { what: $localize`Open a connection`, line: `npx wscat -c ${url.includes('?') ? `'${url}'` : url}` },
      { what: $localize`Ask who you are`, line: `{"action":"${ACTION}", "data":"who am i"}` },
      {
        what: $localize`Write to this page`,
        line: `{"action":"${ACTION}", "data":"${data}", "forward":"${forward}"}`,
      },
    ];
  });
}
