import { Component, input } from '@angular/core';
import { CopyButton } from '../copy/copy-button.ts';
import type { Me } from '../connection/state.ts';
import { PeerMark } from '../peers/peer-mark.ts';

/** Who we are to the others: the connectionId that a message to us is forwarded to. */
@Component({
  selector: 'app-identity',
  imports: [CopyButton, PeerMark],
  templateUrl: './identity.html',
  styleUrl: './identity.css',
})
export class Identity {
  readonly me = input<Me>();
  /** Whether messages reach this connectionId now. */
  readonly live = input(true);
}
