import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  Injector,
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
import { CHUNK, type Extent, oldestShown } from './older.ts';
import { ScrollPosition } from './scroll-position.ts';
import { bringIntoView, itemsOf, neighbour } from './stepping.ts';
import { timeline } from './timeline.ts';

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
    '(click)': 'unfold($event)',
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
  readonly #injector = inject(Injector);
  readonly #position = new ScrollPosition(this.#host.nativeElement);
  readonly #count = computed(() => this.dropped() + this.lines().length);

  protected readonly atEnd = this.#position.atEnd;
  /** The number of the oldest message on the page, counted from the first of the conversation. */
  readonly #oldest = linkedSignal<Extent, number>({
    source: () => ({ session: this.session(), end: this.#count(), atEnd: this.atEnd() }),
    computation: oldestShown,
  });
  /** How many older ones there are. */
  protected readonly older = computed(() => Math.max(0, this.#oldest() - this.dropped()));
  protected readonly entries = computed(() => timeline(this.lines().slice(this.older()), this.newFrom()));
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
    let newest: string | undefined;
    afterRenderEffect(() => {
      const [entry, session] = [this.entries().at(-1), this.session()];
      const isOurs = entry?.line.sent !== undefined && entry.key !== newest;
      // Not tracked: new lines move the list, the reader's own scrolling does not.
      if (session !== shown || isOurs || untracked(this.atEnd)) this.toEnd();
      shown = session;
      newest = entry?.key;
    });
    afterRenderEffect(() => {
      const revealed = this.revealed();
      if (revealed) untracked(() => this.#reveal(revealed.messageId));
    });
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => destroyRef.onDestroy(this.#position.watch()));
  }

  protected readonly dayOf = (at: number) => this.#calendar.dayOf(at);

  protected scrolled(): void {
    if (this.#position.scrolled() && this.older() > 0) this.showOlder();
  }

  protected toEnd(): void {
    this.#position.toEnd();
  }

  /** Puts more messages before those that are on the page, which stay where they are. */
  protected showOlder(): void {
    const restore = this.#position.held();
    this.#oldest.update((oldest) => Math.max(this.dropped(), oldest - CHUNK));
    afterNextRender({ write: restore }, { injector: this.#injector });
  }

  /** The reader points at a message, or has the focus in it. */
  protected point({ target }: Event): void {
    const item = target instanceof Element ? target.closest('[data-key]') : null;
    const key = item?.getAttribute('data-key');
    if (typeof key === 'string') this.#pointed.set(key);
  }

  /** What the reader unfolds does not run away from under their eyes. */
  protected unfold({ target }: Event): void {
    if (target instanceof Element && target.closest('[aria-expanded]')) this.#position.release();
  }

  /** The focus goes to the message before or after the one that has it, from the list itself to the newest. */
  protected step(event: Event, by: -1 | 1): void {
    const next = neighbour(this.#host.nativeElement, by);
    if (!next) return;
    event.preventDefault();
    bringIntoView(next, 'nearest');
  }

  #reveal(messageId: string): void {
    const at = this.lines().findLastIndex(({ id }) => id === messageId);
    if (at !== -1 && at < this.older()) this.#oldest.set(this.dropped() + at);
    const show = () => {
      this.#point(this.entries()[at - this.older()]?.key);
      this.revealDone.emit();
    };
    // What is older has to be put on the page first.
    afterNextRender({ write: show }, { injector: this.#injector });
  }

  #point(key: string | undefined): void {
    const item = itemsOf(this.#host.nativeElement).find((one) => one.getAttribute('data-key') === key);
    if (key === undefined || !item) return;
    this.#pointed.set(key);
    this.#marked.set(key);
    bringIntoView(item, 'center');
    this.#position.locate();
  }
}
