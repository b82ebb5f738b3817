import { Component, inject } from '@angular/core';
import { MOST_SEATS, Seats } from './seats.ts';

/** Opens another peer in this window, under a name that one may choose. */
@Component({
  selector: 'app-open-seat',
  template: `
    <form (submit)="open($event, field)">
      <label>
        <span i18n>Name</span>
        <input #field type="text" maxlength="64" autocomplete="off" [placeholder]="seats.nextName()" />
      </label>
      <button type="submit" class="primary" [disabled]="!seats.canOpen()" i18n>Open another peer here</button>
    </form>
    @if (!seats.canOpen()) {
      <p class="soft" i18n>This window holds {{ most }} peers at most.</p>
    }
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
      font-size: var(--text-s);
    }
    input {
      width: 10rem;
    }
  `,
})
export class OpenSeat {
  protected readonly seats = inject(Seats);
  protected readonly most = MOST_SEATS;

  protected open(event: Event, field: HTMLInputElement): void {
    event.preventDefault();
    this.seats.open(field.value);
    field.value = '';
  }
}
