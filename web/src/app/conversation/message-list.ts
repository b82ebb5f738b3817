import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
import type { Line } from '../connection/conversation.ts';
import { ClockTime } from './clock-time.ts';
import { statusInWords } from './status-words.ts';

/** This near to the end counts as the end, in pixels. */
const NEAR_END = 48;

/** The messages of one conversation, oldest first. It follows the newest, unless the reader has scrolled back. */
@Component({
  selector: 'app-message-list',
  imports: [ClockTime],
  templateUrl: './message-list.html',
  styleUrl: './message-list.css',
  host: { tabindex: '0', role: 'region', '[attr.aria-label]': 'label()', '(scroll)': 'scrolled()' },
})
export class MessageList {
  readonly lines = input.required<readonly Line[]>();
  /** How many older messages are not kept any more. */
  readonly dropped = input(0);
  /** What the partner is called. */
  readonly call = input.required<string>();
  readonly session = input.required<string>();
  /** Whether a message of ours may be tried again. */
  readonly canRetry = input<(line: Line) => boolean>(() => false);
  /** The id of a message that is to be tried again. */
  readonly retried = output<string>();
  /** The id of a message that is not to be sent any more. */
  readonly cancelled = output<string>();

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly #atEnd = signal(true);
  #height = 0;
  readonly #count = computed(() => this.dropped() + this.lines().length);
  /** How many lines the reader has been shown while at the end. */
  readonly #followed = linkedSignal<{ session: string; lines: number; atEnd: boolean }, number>({
    source: () => ({ session: this.session(), lines: this.#count(), atEnd: this.#atEnd() }),
    computation: (now, before) =>
      now.atEnd || before?.source.session !== now.session ? now.lines : before.value,
  });

  protected readonly label = computed(() => `Messages with ${this.call()}`);
  protected readonly missed = computed(() => this.#count() - this.#followed());

  constructor() {
    let shown: string | undefined;
    afterRenderEffect(() => {
      const [lines, session] = [this.lines(), this.session()];
      const mine = lines.at(-1)?.sent !== undefined;
      // Not tracked: new lines move the list, the reader's own scrolling does not.
      if (session !== shown || mine || untracked(this.#atEnd)) this.toEnd();
      shown = session;
    });

    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      // A growing composer takes from the list's height, and must not cover what was being read.
      const observer = new ResizeObserver(() => {
        this.#height = this.#host.nativeElement.clientHeight;
        if (this.#atEnd()) this.toEnd();
      });
      observer.observe(this.#host.nativeElement);
      destroyRef.onDestroy(() => observer.disconnect());
    });
  }

  protected scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#host.nativeElement;
    // A new height is no deed of the reader's; the observer sees to it.
    if (clientHeight !== this.#height) return;
    this.#atEnd.set(scrollHeight - scrollTop - clientHeight < NEAR_END);
  }

  protected toEnd(): void {
    const host = this.#host.nativeElement;
    host.scrollTop = host.scrollHeight;
  }

  protected readonly inWords = statusInWords;

  protected isBad({ sent }: Line): boolean {
    return sent !== undefined && statusInWords(sent.status).isBad === true;
  }

  protected readonly isoOf = (at: number) => new Date(at).toISOString();
}
