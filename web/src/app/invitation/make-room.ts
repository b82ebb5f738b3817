import { Component, DOCUMENT, inject, input, signal } from '@angular/core';
import { Admission } from '../admission/admission.ts';
import { GO_TO, placeUrl } from './go-to.ts';
import { LifeField } from './life-field.ts';

/** Makes a room for members, and goes there. */
@Component({
  selector: 'app-make-room',
  imports: [LifeField],
  template: `
    <h3 i18n>A room for members</h3>
    @if (admission.canMake) {
      <p i18n>Nobody enters it without an invitation. This browser keeps its key, and can invite again.</p>
      <app-life-field (chosen)="make($event)"
        ><ng-container i18n>Make a room for members</ng-container></app-life-field
      >
    } @else {
      <p i18n>
        Browsers make keys for pages alone that came by https, or from this machine: open the page so.
      </p>
    }
    <p class="problem" role="status">{{ problem() }}</p>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      font-size: var(--text-s);
    }
    h3 {
      margin: 0;
      font-size: var(--text-m);
    }
    .problem {
      color: var(--bad);
    }
  `,
})
export class MakeRoom {
  readonly #goTo = inject(GO_TO);
  readonly #document = inject(DOCUMENT);

  /** The label under which the others will see us there. */
  readonly name = input<string>();

  protected readonly admission = inject(Admission);
  protected readonly problem = signal<string | undefined>(undefined);

  protected async make(lifeMs: number): Promise<void> {
    try {
      const room = await this.admission.make(lifeMs);
      this.#goTo(placeUrl(this.#document.location.href, room, this.name()));
    } catch {
      this.problem.set(
        $localize`This browser keeps no keys for this page, so that nobody could invite again.`,
      );
    }
  }
}
