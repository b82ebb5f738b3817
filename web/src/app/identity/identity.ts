import { Component, DOCUMENT, inject, input } from '@angular/core';
import { CopyButton } from '../copy/copy-button.ts';
import type { Me } from '../connection/state.ts';
import { PeerMark } from '../peers/peer-mark.ts';
import { isLoopback } from './loopback.ts';
import { QrButton } from './qr-button.ts';

/** Who we are to the others: the connectionId that a message to us is forwarded to. */
@Component({
  selector: 'app-identity',
  imports: [CopyButton, PeerMark, QrButton],
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
  protected readonly linkLabel = $localize`the link to you`;
  /** Whether another device can follow the link. */
  protected readonly reachable = !isLoopback(inject(DOCUMENT).location.hostname);
  protected readonly stale = $localize`It was yours; the next connection brings a new one.`;
}
