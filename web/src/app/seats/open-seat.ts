import { Component, inject, signal } from '@angular/core';
import { MOST_SEATS, Seats } from './seats.ts';

/** Opens another peer in this window, under a name that one may choose. */
@Component({
  selector: 'app-open-seat',
  template: `
    <form (submit)="open($event)">
      <label>
        <span i18n>Name</span>
        <input
          #field
          type="text"
          maxlength="64"
          autocomplete="off"
          [value]="name()"
          [placeholder]="seats.nextName()"
          (input)="name.set(field.value)"
        />
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
  protected readonly name = signal('');
  protected readonly most = MOST_SEATS;

  protected open(event: Event): void {
    event.preventDefault();
    this.seats.open(this.name());
    this.name.set('');
  }
}
