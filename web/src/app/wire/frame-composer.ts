import {
  afterRenderEffect,
  Component,
  computed,
  ElementRef,
  inject,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { ACTION, byteLength, MAX_FRAME_BYTES } from '#protocol';
import { LOCALE } from '../language/locale.ts';
import { hintFor } from './frame-hint.ts';
import { RawFrames } from './raw-frames.ts';
import { Grouped } from './units.ts';
import { WireLog } from './wire-log.ts';

/** Where a frame is written by hand. Anything may be sent: what becomes of it is what one wants to see. */
@Component({
  selector: 'app-frame-composer',
  imports: [Grouped],
  templateUrl: './frame-composer.html',
  styleUrl: './frame-composer.css',
})
export class FrameComposer {
  readonly #log = inject(WireLog);
  readonly #locale = inject(LOCALE);
  protected readonly frames = inject(RawFrames);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  readonly #text = this.frames.draft;
  /** How far back in what was sent; 0 is what is being written. */
  readonly #back = signal(0);
  readonly #unsent = linkedSignal({ source: this.#text, computation: () => false });

  protected readonly example = JSON.stringify({ action: ACTION, type: 'ping', id: 'p1' });
  protected readonly limit = MAX_FRAME_BYTES;
  protected readonly open = computed(() =>
    this.#log.open().map((key) => ({ key, call: this.#log.callOf(key) })),
  );
  protected readonly seat = linkedSignal<readonly string[], string | undefined>({
    source: this.#log.open,
    computation: (open, previous) =>
      previous?.value !== undefined && open.includes(previous.value) ? previous.value : open[0],
  });
  protected readonly bytes = computed(() => byteLength(this.#text()));
  protected readonly hint = computed(() => hintFor(this.#text(), this.#locale));
  protected readonly unsent = this.#unsent.asReadonly();
  /** Whether it was asked for a frame that costs the connection: the next time it is sent. */
  protected readonly asking = linkedSignal({ source: this.#text, computation: () => false });

  constructor() {
    // When it appears, and whenever somebody wants to change a frame.
    afterRenderEffect(() => {
      this.frames.asked();
      this.field().nativeElement.focus();
    });
  }

  protected write(text: string): void {
    this.#back.set(0);
    this.frames.write(text);
  }

  protected press(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    const { value, selectionStart, selectionEnd } = this.field().nativeElement;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'ArrowUp' && !value.slice(0, selectionStart).includes('\n')) {
      this.#recall(event, this.#back() + 1);
    } else if (event.key === 'ArrowDown' && !value.slice(selectionEnd).includes('\n')) {
      this.#recall(event, this.#back() - 1);
    }
  }

  protected send(): void {
    const text = this.#text();
    const seat = this.seat();
    if (text === '') return;
    if (this.hint()?.isFatal && !this.asking()) {
      this.asking.set(true);
      return;
    }
    if (seat === undefined || !this.#log.send(seat, text)) {
      this.#unsent.set(true);
      return;
    }
    this.frames.remember(text);
    this.write('');
    this.field().nativeElement.focus();
  }

  #recall(event: KeyboardEvent, back: number): void {
    const sent = this.frames.sent();
    if (back < 0 || back > sent.length) return;
    event.preventDefault();
    this.frames.write(back === 0 ? '' : (sent.at(-back) ?? ''));
    this.#back.set(back);
  }
}
