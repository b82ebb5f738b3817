import { Component, computed, type ElementRef, inject, input, linkedSignal, viewChild } from '@angular/core';
import { form, FormField, validate } from '@angular/forms/signals';
import { Connection } from '../connection/connection.ts';
import { FRAME_LIMIT } from '../connection/outgoing.ts';
import type { Partner } from '../connection/partners.ts';
import { LOCALE } from '../language/locale.ts';
import { callOf } from '../peers/naming.ts';
import { type Kept, keptInWords, waitInWords } from './composer-words.ts';
import { Drafts } from './drafts.ts';

/** Safari ends a composition just before it tells of the Enter that ended it. */
const COMPOSITION_TAIL_MS = 50;

/** This full counts as nearly full: then the size is shown. */
const NEARLY = 0.8;

let composers = 0;

/** Where a message to one partner is written. Enter sends, Shift+Enter breaks the line. */
@Component({
  selector: 'app-composer',
  imports: [FormField],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  readonly partner = input.required<Partner>();

  readonly #connection = inject(Connection);
  readonly #drafts = inject(Drafts);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  readonly #session = computed(() => this.partner().session);
  readonly #model = linkedSignal(() => ({ text: this.#drafts.of(this.#session()) }));
  /** Why it was not sent: a refusal is about the text that it was said of. */
  readonly #kept = linkedSignal<unknown, Kept | undefined>({
    source: this.#model,
    computation: () => undefined,
  });
  readonly #numbers = new Intl.NumberFormat(inject(LOCALE));
  #composedAt = -Infinity;

  protected readonly form = form(this.#model, (path) => {
    validate(path.text, ({ value }) => {
      const bytes = this.#bytesOf(value());
      if (bytes <= FRAME_LIMIT) return undefined;
      const over = this.#numbers.format(bytes - FRAME_LIMIT);
      const message = $localize`Too long by ${over}:bytes: bytes: API Gateway would close the connection on a frame this large. Send it in parts.`;
      return { kind: 'too-large', message };
    });
  });
  protected readonly call = computed(() => callOf(this.partner()));
  /** Tells its parts from those of other composers of the window. */
  protected readonly id = `composer-${++composers}`;
  readonly #bytes = computed(() => {
    const text = this.form.text().value();
    return text === '' ? 0 : this.#bytesOf(text);
  });
  protected readonly isNearlyFull = computed(() => this.#bytes() > FRAME_LIMIT * NEARLY);
  protected readonly size = computed(() => {
    const [bytes, most] = [this.#numbers.format(this.#bytes()), this.#numbers.format(FRAME_LIMIT)];
    return $localize`${bytes}:count: of ${most}:limit: bytes`;
  });
  protected readonly problem = computed(() => this.form.text().errors()[0]?.message);
  protected readonly note = computed(() => {
    const kept = this.#kept();
    if (kept) return keptInWords(kept);
    const { here, dialect } = this.partner();
    if (!here && dialect === 'plain') return keptInWords('gone');
    if (!this.#connection.connected()) return waitInWords('connection');
    return here ? undefined : waitInWords('peer');
  });

  /** Puts the cursor into the field. */
  focus(): void {
    this.field().nativeElement.focus();
  }

  /** Keeps the draft at once: the next thing that happens may be that the page is reloaded. */
  protected typed(): void {
    this.#drafts.keep(this.#session(), this.field().nativeElement.value);
  }

  protected composed({ timeStamp }: CompositionEvent): void {
    this.#composedAt = timeStamp;
  }

  protected enter(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.shiftKey) return;
    // This Enter chooses a word of an input method; it does not end the message.
    if (event.isComposing || event.timeStamp - this.#composedAt < COMPOSITION_TAIL_MS) return;
    event.preventDefault();
    this.send();
  }

  protected send(): void {
    const outcome = this.#connection.send(this.#session(), this.#model().text);
    if (outcome === 'sent' || outcome === 'queued') this.#clear();
    else this.#kept.set(outcome);
    this.focus();
  }

  #clear(): void {
    // Not by the model alone: the field would keep what has come into it and gone since it was last drawn.
    this.form().reset({ text: '' });
    this.typed();
  }

  #bytesOf(text: string): number {
    return this.#connection.measure(this.#session(), text);
  }
}
