import { Component, input, output } from '@angular/core';
import type { Notice } from '../connection/state.ts';

/** Trouble that belongs to no message, until it is taken away. */
@Component({
  selector: 'app-notices',
  templateUrl: './notices.html',
  styleUrl: './notices.css',
})
export class Notices {
  readonly notices = input.required<readonly Notice[]>();
  readonly dismissed = output<number>();

  protected readonly sources: Readonly<Record<Notice['from'], string>> = {
    gateway: $localize`API Gateway says`,
    server: $localize`The server refused a frame`,
    here: $localize`A frame arrived that this page cannot read`,
  };
}
