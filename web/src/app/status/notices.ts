import { afterRenderEffect, Component, ElementRef, inject, input, output, viewChild } from '@angular/core';
import type { Notice } from '../connection/state.ts';

/** Trouble that belongs to no message, until it is taken away. */
@Component({
  selector: 'app-notices',
  templateUrl: './notices.html',
  styleUrl: './notices.css',
})
export class Notices {
  readonly notices = input.required<readonly Notice[]>();
  readonly dismissed = output<number>();

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');

  protected readonly sources: Readonly<Record<Notice['from'], string>> = {
    gateway: $localize`API Gateway says`,
    server: $localize`The server refused a frame`,
    here: $localize`A frame arrived that this page cannot read`,
  };

  constructor() {
    // There is room for a few: the newest is to be seen.
    afterRenderEffect(() => {
      this.notices();
      const { nativeElement } = this.list();
      nativeElement.scrollTop = nativeElement.scrollHeight;
    });
  }

  /** What the button says to who cannot see beside what it stands. */
  protected dismissing({ from, text }: Notice): string {
    return $localize`Dismiss: ${this.sources[from]}:source:: ${text}:text:`;
  }

  protected dismiss(key: number, place: number): void {
    const buttons = this.list().nativeElement.querySelectorAll('button');
    // The focus goes on to the next, and from the last to what stands before: this list goes with it.
    const next = buttons[place + 1] ?? buttons[place - 1];
    (next ?? this.#host.parentElement?.querySelector('button'))?.focus();
    this.dismissed.emit(key);
  }
}
