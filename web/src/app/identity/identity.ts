import { Component, input } from '@angular/core';
import { CopyButton } from '../copy/copy-button.ts';
import type { Me } from '../connection/state.ts';
import { PeerMark } from '../peers/peer-mark.ts';
import { LinkButton } from './link-button.ts';

/** Who we are to the others: the connectionId that a message to us is forwarded to. */
@Component({
  selector: 'app-identity',
  imports: [CopyButton, LinkButton, PeerMark],
  templateUrl: './identity.html',
  styleUrl: './identity.css',
})
export class Identity {
  readonly me = input<Me>();
  /** Whether messages reach this connectionId now. */
  readonly live = input(true);
  /** The label under which the others see us. */
  readonly name = input<string>();
  /** The address of a page that opens the conversation with us. */
  readonly link = input<string>();

  protected readonly idLabel = $localize`your connectionId`;
  protected readonly stale = $localize`It was yours; the next connection brings a new one.`;
}
