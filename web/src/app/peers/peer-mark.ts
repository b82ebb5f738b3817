import { Component, computed, input } from '@angular/core';

const SIZE = 5;
const HALF = Math.ceil(SIZE / 2);

/** A number of 32 bits for a text. FNV-1a: small, and different enough for neighbours. */
export const hashOf = (text: string): number =>
  new TextEncoder().encode(text).reduce((hash, byte) => Math.imul(hash ^ byte, 16_777_619), 2_166_136_261) >>>
  0;

/** A small picture of a session: the same in every window, so that one finds oneself in somebody else's list. */
@Component({
  selector: 'app-peer-mark',
  template: `
    <svg viewBox="-1 -1 7 7" aria-hidden="true" [style.--hue]="hue()">
      <rect x="-1" y="-1" width="7" height="7" rx="1.6" />
      <path [attr.d]="cells()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      flex: none;
      width: 2.25rem;
      height: 2.25rem;
    }
    svg {
      display: block;
    }
    rect {
      fill: light-dark(oklch(92% 0.05 var(--hue)), oklch(32% 0.06 var(--hue)));
    }
    path {
      fill: light-dark(oklch(48% 0.13 var(--hue)), oklch(80% 0.12 var(--hue)));
    }
  `,
})
export class PeerMark {
  readonly session = input.required<string>();

  readonly #hash = computed(() => hashOf(this.session()));
  protected readonly hue = computed(() => this.#hash() % 360);
  protected readonly cells = computed(() => {
    const hash = this.#hash();
    const path: string[] = [];
    for (let x = 0; x < HALF; x++) {
      for (let y = 0; y < SIZE; y++) {
        if (((hash >>> (x * SIZE + y)) & 1) === 0) continue;
        for (const column of new Set([x, SIZE - 1 - x])) path.push(`M${column} ${y}h1v1h-1z`);
      }
    }
    return path.join('');
  });
}
