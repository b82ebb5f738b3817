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
import { LOCALE } from '../language/locale.ts';
import { Calendar } from './calendar.ts';
import { Message } from './message.ts';
import { bringIntoView, itemsOf, neighbour } from './stepping.ts';
import { timeline } from './timeline.ts';

/** This near to the end counts as the end, in pixels. */
const NEAR_END = 48;

/** A message that somebody asks to see: another object each time. */
export interface Revealed {
  readonly messageId: string;
}

/** The messages of one conversation, oldest first. It follows the newest, unless the reader has scrolled back. */
@Component({
  selector: 'app-message-list',
  imports: [Message],
  templateUrl: './message-list.html',
  styleUrl: './message-list.css',
  host: {
    tabindex: '0',
    role: 'region',
    '[attr.aria-label]': 'label()',
    '(scroll)': 'scrolled()',
    '(keydown.arrowup)': 'step($event, -1)',
    '(keydown.arrowdown)': 'step($event, 1)',
  },
})
export class MessageList {
  readonly lines = input.required<readonly Line[]>();
  /** How many older messages are not kept any more. */
  readonly dropped = input(0);
  /** The id of the message from which they are new to the reader. */
  readonly newFrom = input<string>();
  /** The message to scroll to; `revealDone` says when that is done. */
  readonly revealed = input<Revealed>();
  readonly revealDone = output();
  /** What the partner is called. */
  readonly call = input.required<string>();
  readonly session = input.required<string>();
  /** Whether a message of ours may be tried again. */
  readonly canRetry = input<(line: Line) => boolean>(() => false);
  /** The id of a message that is to be tried again. */
  readonly retried = output<string>();
  /** The id of a message that is not to be sent any more. */
  readonly cancelled = output<string>();
  /** The id of a message whose frames somebody wants to see. */
  readonly framesAsked = output<string>();

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly #calendar = inject(Calendar);
  readonly #numbers = new Intl.NumberFormat(inject(LOCALE));
  #height = 0;
  /** Whether nothing is below what is seen, to the pixel. */
  #isPinned = true;
  readonly #count = computed(() => this.dropped() + this.lines().length);

  protected readonly entries = computed(() => timeline(this.lines(), this.newFrom()));
  protected readonly atEnd = signal(true);
  /** The one that offers what can be done with a message: the newest, until the reader points at another. */
  readonly #pointed = linkedSignal<string, string | undefined>({
    source: this.session,
    computation: () => undefined,
  });
  protected readonly current = computed(() => this.#pointed() ?? this.entries().at(-1)?.key);
  readonly #marked = signal<string | undefined>(undefined);
  /** The one that was asked for, until the reader points at another. */
  protected readonly marked = computed(() =>
    this.#marked() === this.current() ? this.#marked() : undefined,
  );
  /** How many lines the reader has been shown while at the end. */
  readonly #followed = linkedSignal<{ session: string; lines: number; atEnd: boolean }, number>({
    source: () => ({ session: this.session(), lines: this.#count(), atEnd: this.atEnd() }),
    computation: (now, before) =>
      now.atEnd || before?.source.session !== now.session ? now.lines : before.value,
  });

  protected readonly label = computed(() => $localize`Messages with ${this.call()}:name:`);
  protected readonly droppedCount = computed(() => this.#numbers.format(this.dropped()));
  protected readonly missed = computed(() => this.#count() - this.#followed());
  protected readonly jump = computed(() => {
    if (this.missed() === 0) return $localize`To the newest message`;
    if (this.missed() === 1) return $localize`1 new message`;
    return $localize`${this.#numbers.format(this.missed())}:number: new messages`;
  });

  constructor() {
    let shown: string | undefined;
    afterRenderEffect(() => {
      const [lines, session] = [this.lines(), this.session()];
      const mine = lines.at(-1)?.sent !== undefined;
      // Not tracked: new lines move the list, the reader's own scrolling does not.
      if (session !== shown || mine || untracked(this.atEnd)) this.toEnd();
      shown = session;
    });
    afterRenderEffect(() => {
      const revealed = this.revealed();
      if (revealed) untracked(() => this.#reveal(revealed.messageId));
    });

    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      const host = this.#host.nativeElement;
      // A growing composer takes from the list's height, and must not cover what was being read.
      const outer = new ResizeObserver(() => {
        this.#height = host.clientHeight;
        if (this.atEnd()) this.toEnd();
      });
      outer.observe(host);
      // What comes into sight is seldom as high as was guessed.
      const inner = new ResizeObserver(() => {
        if (this.#isPinned) this.toEnd();
      });
      for (const element of host.children) inner.observe(element);
      destroyRef.onDestroy(() => {
        outer.disconnect();
        inner.disconnect();
      });
    });
  }

  protected readonly dayOf = (at: number) => this.#calendar.dayOf(at);

  protected scrolled(): void {
    // A new height is no deed of the reader's; the observer sees to it.
    if (this.#host.nativeElement.clientHeight === this.#height) this.#locate();
  }

  protected toEnd(): void {
    const host = this.#host.nativeElement;
    host.scrollTop = host.scrollHeight;
    this.#isPinned = true;
  }

  /** The reader points at a message, or has the focus in it. */
  protected point({ target }: Event): void {
    const item = target instanceof Element ? target.closest('[data-key]') : null;
    const key = item?.getAttribute('data-key');
    if (typeof key === 'string') this.#pointed.set(key);
  }

  /** The focus goes to the message before or after the one that has it, from the list itself to the newest. */
  protected step(event: Event, by: -1 | 1): void {
    const next = neighbour(this.#host.nativeElement, by);
    if (!next) return;
    event.preventDefault();
    bringIntoView(next, 'nearest');
  }

  #locate(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#host.nativeElement;
    const below = scrollHeight - scrollTop - clientHeight;
    this.#isPinned = below < 2;
    this.atEnd.set(below < NEAR_END);
  }

  #reveal(messageId: string): void {
    const key = this.entries().findLast(({ line }) => line.id === messageId)?.key;
    const item = itemsOf(this.#host.nativeElement).find((one) => one.getAttribute('data-key') === key);
    if (key !== undefined && item) {
      this.#pointed.set(key);
      this.#marked.set(key);
      bringIntoView(item, 'center');
      this.#locate();
    }
    this.revealDone.emit();
  }
}
