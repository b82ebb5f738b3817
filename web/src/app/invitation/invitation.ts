import { Component, computed, inject, input } from '@angular/core';
import { ACTION, PLAIN_SUBPROTOCOL, TOKEN_PREFIX } from '#protocol';
import { INVITATION_PREFIX } from '#protocol/invitation';
import { OpenSeat } from '../seats/open-seat.ts';
import { Credentials } from '../admission/credentials.ts';
import { withInvitation } from '../admission/invited.ts';
import { Connection } from '../connection/connection.ts';
import type { Credential } from '../connection/pass.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { TokenForm } from '../sign-in/token-form.ts';
import { Membership } from './membership.ts';

/** What a terminal brings, told by where its own goes: nobody's secret is shown. */
const PLACEHOLDERS: Readonly<Record<Credential, string>> = {
  token: `${TOKEN_PREFIX}<token>`,
  invitation: `${INVITATION_PREFIX}<invitation>`,
};

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
  /** What a terminal has to bring [P27] [P28]. */
  protected readonly asks = computed(() => {
    const setup = this.#connection.setup();
    return setup.kind === 'ready' ? setup.asks : [];
  });
  protected readonly steps = computed(() => {
    const url = this.url();
    if (url === undefined) return [];
    const data = $localize`Hello from a terminal`;
    const forward = this.forward() ?? '<connectionId>';
    const asks = this.asks().map((one) => PLACEHOLDERS[one]);
    const offered = asks.length > 0 ? [PLAIN_SUBPROTOCOL, ...asks] : [];
    // Shells take a bare ? for a pattern, and < for a file.
    const words = [url, ...offered].map((word) => (/[?<]/.test(word) ? `'${word}'` : word));
    return [
      { what: $localize`Open a connection`, line: `npx wscat -c ${words.join(' -s ')}` },
      { what: $localize`Ask who you are`, line: `{"action":"${ACTION}", "data":"who am i"}` },
      {
        what: $localize`Write to this page`,
        line: `{"action":"${ACTION}", "data":"${data}", "forward":"${forward}"}`,
      },
    ];
  });
}
