import { Component, computed, input, linkedSignal } from '@angular/core';
import { folded } from './folding.ts';
import { isEmojiOnly } from './graphemes.ts';
import { formattedJson } from './json.ts';
import { type Block, blocksOf } from './markup.ts';

/** What a message says: text with its links, code and JSON as such, and a long one folded. */
@Component({
  selector: 'app-message-text',
  templateUrl: './message-text.html',
  styleUrl: './message-text.css',
})
export class MessageText {
  readonly text = input.required<string>();

  /** Whether the reader has asked for all of it, and for JSON as it was sent. */
  protected readonly isWhole = linkedSignal<string, boolean>({ source: this.text, computation: () => false });
  protected readonly isRaw = linkedSignal<string, boolean>({ source: this.text, computation: () => false });
  protected readonly json = computed(() => formattedJson(this.text()));
  protected readonly isLarge = computed(() => isEmojiOnly(this.text()));
  readonly #all = computed(() => (this.isRaw() ? this.text() : (this.json() ?? this.text())));
  readonly #folded = computed(() => folded(this.#all()));
  protected readonly isLong = computed(() => this.#folded() !== this.#all());
  protected readonly blocks = computed((): readonly Block[] => {
    const text = this.isWhole() ? this.#all() : this.#folded();
    if (this.json() !== undefined) return [{ kind: 'code', text }];
    return blocksOf(text, !this.isWhole() && this.isLong());
  });
}
