import { Component, output } from '@angular/core';
import { lives } from './lives.ts';

/** Asks for how long an invitation is to be good, and what is to be done then. */
@Component({
  selector: 'app-life-field',
  template: `
    <form (submit)="choose($event, life.value)">
      <label>
        <span i18n>The invitation is good for</span>
        <select #life>
          @for (one of lives; track one.ms) {
            <option [value]="one.ms" [selected]="$index === 1">{{ one.label }}</option>
          }
        </select>
      </label>
      <button type="submit"><ng-content /></button>
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--space-2);
    }
    label {
      display: grid;
      gap: var(--space-1);
      font-size: var(--text-s);
    }
  `,
})
export class LifeField {
  /** The time in milliseconds. */
  readonly chosen = output<number>();

  protected readonly lives = lives();

  protected choose(event: Event, ms: string): void {
    event.preventDefault();
    this.chosen.emit(Number(ms));
  }
}
