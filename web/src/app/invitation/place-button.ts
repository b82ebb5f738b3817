import { _IdGenerator } from '@angular/cdk/a11y';
import { Component, inject, input, signal } from '@angular/core';
import { PlaceForm } from './place-form.ts';

/** The room that the page is in, and the way to another, or to another name. */
@Component({
  selector: 'app-place-button',
  imports: [PlaceForm],
  templateUrl: './place-button.html',
  styleUrls: ['../appearance/popover.css', './place-button.css'],
})
export class PlaceButton {
  readonly room = input.required<string>();
  readonly name = input<string>();

  protected readonly id = inject(_IdGenerator).getId('place-');
  protected readonly shown = signal(false);
}
