import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';

/** What can be done with a message: copy it, or look at its frames. */
@Component({
  selector: 'app-message-actions',
  templateUrl: './message-actions.html',
  styleUrl: './message-actions.css',
})
export class MessageActions {
  readonly text = input.required<string>();
  /** Its beginning, which tells it from the others. */
  readonly title = input.required<string>();
  readonly framesAsked = output();

  readonly #clipboard = inject(Clipboard);
  readonly #announcer = inject(LiveAnnouncer);

  protected readonly isCopied = linkedSignal<string, boolean>({
    source: this.text,
    computation: () => false,
  });

  protected readonly copyTip = $localize`Copy the message`;
  protected readonly framesTip = $localize`Show it on the wire`;
  protected readonly copyLabel = computed(() => `${this.copyTip}: ${this.title()}`);
  protected readonly framesLabel = computed(() => `${this.framesTip}: ${this.title()}`);

  protected copy(): void {
    const copied = this.#clipboard.copy(this.text());
    this.isCopied.set(copied);
    const news = copied ? $localize`Message copied` : $localize`The message could not be copied`;
    void this.#announcer.announce(news, 'polite');
  }
}
