import { Component, computed, input } from '@angular/core';
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** How many modules of the light ground stand around the code: readers need four. */
const QUIET = 4;

/** A text as a QR code, always dark on light: not every camera reads the opposite. */
@Component({
  selector: 'app-qr',
  template: `
    <svg role="img" [attr.aria-label]="label()" [attr.viewBox]="box()">
      <rect [attr.x]="-quiet" [attr.y]="-quiet" width="100%" height="100%" />
      <path [attr.d]="path()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      aspect-ratio: 1;
    }
    svg {
      display: block;
      width: 100%;
      border-radius: var(--round);
      shape-rendering: crispEdges;
      forced-color-adjust: none;
    }
    rect {
      fill: #ffffff;
    }
    path {
      fill: #000000;
    }
  `,
})
export class Qr {
  readonly text = input.required<string>();
  /** What it says, in words. */
  readonly label = input.required<string>();

  readonly #code = computed(() => generate(this.text()));
  protected readonly quiet = QUIET;
  protected readonly path = computed(() => toSvgPath(this.#code()));
  protected readonly box = computed(() => {
    const size = this.#code().size + 2 * QUIET;
    return `${-QUIET} ${-QUIET} ${size} ${size}`;
  });
}
