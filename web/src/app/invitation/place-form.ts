import { _IdGenerator } from '@angular/cdk/a11y';
import { Component, DOCUMENT, inject, InjectionToken, input, signal } from '@angular/core';
import { parsePlace } from '#protocol';

/** Goes to another address in this tab. */
export const GO_TO = new InjectionToken<(url: string) => void>('GO_TO', {
  factory: () => {
    const { location } = inject(DOCUMENT);
    return (url) => location.assign(url);
  },
});

/** Asks for another room, or another name in this one, and goes there. */
@Component({
  selector: 'app-place-form',
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
    const url = new URL(this.#document.location.href);
    url.hash = '';
    url.searchParams.set('room', place.room);
    if (place.name === undefined) url.searchParams.delete('name');
    else url.searchParams.set('name', place.name);
    this.#goTo(url.href);
  }
}
