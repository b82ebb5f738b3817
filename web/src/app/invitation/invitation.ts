import { Component, computed, input } from '@angular/core';
import { ACTION } from '#protocol';
import { OpenSeat } from '../seats/open-seat.ts';
import { CopyButton } from '../copy/copy-button.ts';

/** How to bring in somebody to talk to: here, in a second window, or from a terminal. */
@Component({
  selector: 'app-invitation',
  imports: [CopyButton, OpenSeat],
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
