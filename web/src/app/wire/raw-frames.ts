import { Service, signal } from '@angular/core';
import { redact } from './redaction.ts';

/** How many frames can be fetched back. */
const MOST = 50;

/** What is written as a raw frame, and what was sent that way before. It outlives the pane. */
@Service()
export class RawFrames {
  readonly #draft = signal('');
  readonly #asked = signal(0);
  readonly #sent = signal<readonly string[]>([]);

  readonly draft = this.#draft.asReadonly();
  /** Changes when somebody wants to go on with the draft. */
  readonly asked = this.#asked.asReadonly();
  /** Oldest first, none twice in a row. */
  readonly sent = this.#sent.asReadonly();

  write(text: string): void {
    this.#draft.set(text);
  }

  /** Puts a text where it can be changed and sent. */
  edit(text: string): void {
    this.#draft.set(text);
    this.#asked.update((times) => times + 1);
  }

  /** Keeps what was sent, unless there is a secret in it. */
  remember(text: string): void {
    if (redact(text).redacted || this.#sent().at(-1) === text) return;
    this.#sent.update((sent) => [...sent, text].slice(-MOST));
  }
}
