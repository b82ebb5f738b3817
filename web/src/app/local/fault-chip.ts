import { Component, computed, inject } from '@angular/core';
import { LOCALE } from '../language/locale.ts';
import { faultWords } from './fault-words.ts';
import { LocalRunner } from './local-runner.ts';

/** What is made to go wrong just now, where one cannot overlook it; nothing while all is well. */
@Component({
  selector: 'app-fault-chip',
  template: `
    <p role="status">
      @if (names(); as names) {
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3 18 17H2zM10 8v4M10 14v1" /></svg>
        <span i18n>Faults on: {{ names }}</span>
      }
    </p>
    @if (names()) {
      <button type="button" (click)="runner.allOff()" i18n>All off</button>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-2);
    }
    p {
      display: inline-flex;
      align-items: center;
      gap: var(--space-1);
      color: var(--busy);
      font-size: var(--text-s);
      font-weight: 700;
    }
    svg {
      flex: none;
      width: 1.25rem;
      height: 1.25rem;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linejoin: round;
    }
    button {
      min-height: 1.75rem;
    }
  `,
})
export class FaultChip {
  protected readonly runner = inject(LocalRunner);
  readonly #words = faultWords();
  readonly #list = new Intl.ListFormat(inject(LOCALE), { style: 'short', type: 'unit' });
  protected readonly names = computed(() =>
    this.#list.format(this.runner.faultsOn().map((fault) => this.#words[fault].name)),
  );
}
