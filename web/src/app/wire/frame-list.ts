import { CdkVirtualForOf, CdkVirtualScrollViewport, VIRTUAL_SCROLL_STRATEGY } from '@angular/cdk/scrolling';
import {
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { type MessagePlace, Reveal } from './reveal.ts';
import { FollowScroll } from './follow-scroll.ts';
import { placeOf } from './places.ts';
import { previewOf } from './preview.ts';
import { RowSource } from './row-source.ts';
import { Duration, Grouped, WireTime } from './units.ts';
import type { WireEntry } from './wire-entry.ts';
import { WireLog } from './wire-log.ts';
import { WireView } from './wire-view.ts';

/** The height of a row, of one line and of two, in rem: styles and arithmetic must agree. */
const ROW_REM = 1.75;
const TALL_REM = 3.25;
/** From this width on, in rem, the text of a frame has room beside the rest. */
const WIDE_REM = 35;

/** The frames, newest last. However many there are, only those in sight are drawn. */
@Component({
  selector: 'app-frame-list',
  imports: [CdkVirtualForOf, CdkVirtualScrollViewport, Duration, Grouped, WireTime],
  templateUrl: './frame-list.html',
  styleUrl: './frame-list.css',
  providers: [FollowScroll, { provide: VIRTUAL_SCROLL_STRATEGY, useExisting: FollowScroll }],
  host: { '[class.tall]': 'tall()' },
})
export class FrameList {
  readonly #log = inject(WireLog);
  readonly #reveal = inject(Reveal);
  readonly #document = inject(DOCUMENT);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly scroll = inject(FollowScroll);
  protected readonly view = inject(WireView);
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);

  readonly #drawn = signal(0);
  readonly #more = signal(0);
  readonly #missed = signal(0);
  readonly #count = signal(0);
  /** Whether the text of a frame has a line of its own. */
  protected readonly tall = signal(false);
  #frame = 0;

  protected readonly rows = new RowSource();
  protected readonly count = this.#count.asReadonly();
  /** How many rows were added since the reader scrolled away from the end. */
  protected readonly missed = computed(() => (this.scroll.following() ? 0 : this.#missed()));
  protected readonly severalSeats = computed(() => this.#log.seats().length > 1);
  protected readonly ways = {
    out: $localize`sent`,
    in: $localize`received`,
    event: $localize`connection`,
  };
  protected readonly glyphs = { out: '↑', in: '↓', event: '•' };
  protected readonly activeId = computed(() => {
    this.#drawn();
    const chosen = this.view.chosen();
    if (!chosen) return undefined;
    const place = placeOf(this.view.rows, chosen.key);
    const { start, end } = this.scroll.range();
    return this.view.rows[place] === chosen && place >= start && place < end ? idOf(chosen) : undefined;
  });

  protected readonly idOf = idOf;
  protected readonly previewOf = previewOf;

  constructor() {
    const { defaultView } = this.#document;
    const root = Number.parseFloat(getComputedStyle(this.#document.documentElement).fontSize);
    this.scroll.measure(ROW_REM * root);
    const sizes = new ResizeObserver(() => {
      const { clientWidth } = this.#host;
      // What is hidden has no width.
      if (clientWidth > 0) this.tall.set(clientWidth < WIDE_REM * root);
      // Here, and not in an effect: what the viewport is told while the page is drawn it forgets.
      this.scroll.measure((this.tall() ? TALL_REM : ROW_REM) * root);
      this.#drawn.update((times) => times + 1);
      this.viewport().checkViewportSize();
      this.scroll.settle();
    });
    sizes.observe(this.#host);
    inject(DestroyRef).onDestroy(() => {
      sizes.disconnect();
      defaultView?.cancelAnimationFrame(this.#frame);
    });
    effect(() => {
      this.view.filter();
      untracked(() => this.#missed.set(0));
    });
    effect(() => {
      this.#log.revision();
      this.view.filter();
      this.view.paused();
      this.#more();
      untracked(() => this.#advance());
    });
    effect(() => {
      const place = this.#reveal.frames();
      if (place) untracked(() => this.#show(place));
    });
    afterRenderEffect({
      write: () => {
        this.#drawn();
        this.scroll.settle();
      },
    });
  }

  protected toEnd(): void {
    this.scroll.follow();
    this.#drawn.update((times) => times + 1);
  }

  protected pick({ target }: Event): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
    if (row) this.view.choose(this.view.rows[Number(row.dataset['place'])]);
  }

  protected move(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#host.clientHeight / this.scroll.rowHeight) - 2);
    const { rows } = this.view;
    const chosen = this.view.chosen();
    const place = chosen ? placeOf(rows, chosen.key) : rows.length;
    const to = new Map([
      ['ArrowUp', place - 1],
      ['ArrowDown', place + 1],
      ['PageUp', place - page],
      ['PageDown', place + page],
      ['Home', 0],
      ['End', rows.length - 1],
    ]).get(event.key);
    if (to === undefined) {
      if (event.key === 'Escape' && chosen) {
        event.stopPropagation();
        this.view.choose(undefined);
      }
      return;
    }
    event.preventDefault();
    this.#choose(Math.min(Math.max(0, to), rows.length - 1));
  }

  protected sinceLast(place: number, { at }: WireEntry): string {
    const before = this.view.rows[place - 1];
    return before ? `+${duration.transform(Math.max(0, at - before.at))}` : '';
  }

  protected numberOf({ seat }: WireEntry): number {
    return this.#log.numberOf(seat);
  }

  protected whoIs({ peer }: WireEntry): string {
    return peer === undefined ? '' : (this.#log.nameOf(peer) ?? peer);
  }

  #advance(): void {
    const before = this.#count();
    const { dropped, done } = this.view.advance();
    const { rows } = this.view;
    if (dropped > 0) this.scroll.shift(dropped);
    this.rows.show(rows);
    this.#count.set(rows.length);
    this.#missed.update((missed) =>
      this.scroll.following() ? 0 : missed + Math.max(0, rows.length + dropped - before),
    );
    this.#drawn.update((times) => times + 1);
    if (!done) this.#frame = requestAnimationFrame(() => this.#more.update((times) => times + 1));
  }

  #choose(place: number): void {
    this.view.choose(this.view.rows[place]);
    this.scroll.reveal(place);
    this.#drawn.update((times) => times + 1);
  }

  /** Scrolls to the newest frame of a message, even when it was filtered out. */
  #show(asked: MessagePlace): void {
    if (!this.view.begin(asked)) return;
    const { seat, messageId } = asked;
    const isIt = (entry: WireEntry) => entry.seat === seat && entry.messageId === messageId;
    const entry = this.#log.entries.findLast(isIt);
    if (!entry) return;
    if (this.view.isFiltered()) this.view.showAll();
    this.view.choose(entry);
    this.scroll.scrollToIndex(placeOf(this.#log.entries, entry.key));
    this.#drawn.update((times) => times + 1);
  }
}

const duration = new Duration();
const idOf = ({ key }: WireEntry): string => `wire-${key}`;
