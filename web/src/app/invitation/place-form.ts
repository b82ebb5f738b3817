import { _IdGenerator } from '@angular/cdk/a11y';
import { Component, DOCUMENT, inject, input, signal } from '@angular/core';
import { parsePlace } from '#protocol';
import { GO_TO, placeUrl } from './go-to.ts';
import { MakeRoom } from './make-room.ts';

/** Asks for another room, or another name in this one, and goes there; or makes one for members. */
@Component({
  selector: 'app-place-form',
  imports: [MakeRoom],
  templateUrl: './place-form.html',
  styleUrl: './place-form.css',
})
export class PlaceForm {
  readonly #goTo = inject(GO_TO);
  readonly #document = inject(DOCUMENT);

  readonly room = input.required<string>();
  readonly name = input<string>();

  protected readonly problemId = inject(_IdGenerator).getId('place-problem-');
  protected readonly problem = signal<string | undefined>(undefined);

  protected go(event: Event, room: string, name: string): void {
    event.preventDefault();
    const place = parsePlace({ room: room.trim(), name: name.trim() });
    if (place.type === 'malformed') {
      this.problem.set(place.reason);
      return;
    }
    this.#goTo(placeUrl(this.#document.location.href, place.room, place.name));
  }
}
