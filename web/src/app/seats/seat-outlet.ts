import { Directive, inject, input, type OnInit, ViewContainerRef } from '@angular/core';
import type { Seat } from './seats.ts';
import { SeatView } from './seat-view.ts';

/** Shows a seat, whose view finds the services of that seat. NgComponentOutlet does more, and is fetched before anything is shown. */
@Directive({ selector: '[appSeatOutlet]' })
export class SeatOutlet implements OnInit {
  readonly #container = inject(ViewContainerRef);
  readonly seat = input.required<Seat>({ alias: 'appSeatOutlet' });

  ngOnInit(): void {
    this.#container.createComponent(SeatView, { environmentInjector: this.seat().injector });
  }
}
