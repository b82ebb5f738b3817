import type { CdkVirtualScrollViewport, VirtualScrollStrategy } from '@angular/cdk/scrolling';
import type { ListRange } from '@angular/cdk/collections';
import { Service, signal } from '@angular/core';
import { NEVER } from 'rxjs';

/** How many rows are drawn beyond either edge, for somebody who scrolls. Whoever follows the end sees no others. */
const BEYOND = 12;
/** So close to the end counts as there, in pixels. */
const NEAR = 4;

/**
 * Scrolls rows of one height, and follows their end until somebody scrolls up. The rows that will be seen are drawn
 * before the scroll bar moves: what is followed never shows a gap.
 */
@Service({ autoProvided: false })
export class FollowScroll implements VirtualScrollStrategy {
  readonly #following = signal(true);
  #viewport: CdkVirtualScrollViewport | undefined;
  #rowHeight = 28;
  /** Where the scroll bar is to be, once that much is drawn. */
  #wanted: number | undefined;
  /** Where it was left. */
  #left = 0;
  /** Where it was moved to, unless somebody has moved it since. */
  #moved: number | undefined;

  readonly #range = signal<ListRange>({ start: 0, end: 0 });

  readonly following = this.#following.asReadonly();
  /** The rows that are drawn. */
  readonly range = this.#range.asReadonly();
  /** Asked for by the viewport; nobody listens. */
  readonly scrolledIndexChange = NEVER;

  attach(viewport: CdkVirtualScrollViewport): void {
    this.#viewport = viewport;
    this.onDataLengthChanged();
  }

  detach(): void {
    this.#viewport = undefined;
  }

  /** In pixels. */
  get rowHeight(): number {
    return this.#rowHeight;
  }

  /** Sets the height of a row in pixels. The row at the top stays there. */
  measure(rowHeight: number): void {
    if (rowHeight === this.#rowHeight) return;
    const top =
      this.#viewport && !this.#following() ? this.#offset(this.#viewport) / this.#rowHeight : undefined;
    this.#rowHeight = rowHeight;
    this.onDataLengthChanged();
    if (top !== undefined) this.#want(top * rowHeight);
  }

  onDataLengthChanged(): void {
    const viewport = this.#viewport;
    if (!viewport) return;
    viewport.setTotalContentSize(viewport.getDataLength() * this.#rowHeight);
    this.#draw();
  }

  onContentScrolled(): void {
    const viewport = this.#viewport;
    if (!viewport || this.#wanted !== undefined) return;
    const offset = viewport.measureScrollOffset();
    if (offset !== this.#left) this.#moved = undefined;
    if (offset < this.#left - 1) this.#following.set(false);
    if (offset >= this.#end() - NEAR) this.#following.set(true);
    this.#left = offset;
    this.#draw();
  }

  onContentRendered(): void {
    this.settle();
  }

  onRenderedOffsetChanged(): void {
    // Nothing depends on it.
  }

  scrollToIndex(index: number): void {
    const viewport = this.#viewport;
    if (!viewport) return;
    this.#following.set(false);
    this.#want(index * this.#rowHeight - viewport.getViewportSize() / 2);
  }

  /** Scrolls as little as it takes to see a row. */
  reveal(index: number): void {
    const viewport = this.#viewport;
    if (!viewport) return;
    const top = index * this.#rowHeight;
    const bottom = top + this.#rowHeight - viewport.getViewportSize();
    const offset = this.#offset(viewport);
    if (top >= offset && bottom <= offset) return;
    this.#following.set(false);
    this.#want(top < offset ? top : bottom);
  }

  /** Goes to the end and stays there. */
  follow(): void {
    this.#following.set(true);
    this.#draw();
  }

  /** Rows have gone from the front: what is seen stays where it is. */
  shift(rows: number): void {
    if (this.#viewport && !this.#following())
      this.#want(this.#offset(this.#viewport) - rows * this.#rowHeight);
  }

  /** Moves the scroll bar to where it is to be; to be called when everything is drawn. */
  settle(): void {
    const wanted = this.#following() ? this.#end() : this.#wanted;
    this.#wanted = undefined;
    // Moving it has the page laid out at once, which is worth to be spared.
    if (wanted === undefined || wanted === this.#moved || !this.#viewport) return;
    this.#viewport.scrollToOffset(wanted);
    this.#moved = wanted;
    this.#left = this.#viewport.measureScrollOffset();
  }

  #want(offset: number): void {
    this.#wanted = Math.min(Math.max(0, offset), this.#end());
    this.#draw();
  }

  #end(): number {
    const viewport = this.#viewport;
    return viewport
      ? Math.max(0, viewport.getDataLength() * this.#rowHeight - viewport.getViewportSize())
      : 0;
  }

  #offset(viewport: CdkVirtualScrollViewport): number {
    if (this.#following()) return this.#end();
    return this.#wanted ?? viewport.measureScrollOffset();
  }

  #draw(): void {
    const viewport = this.#viewport;
    if (!viewport) return;
    const offset = Math.min(this.#offset(viewport), this.#end());
    const first = Math.floor(offset / this.#rowHeight);
    const last = Math.ceil((offset + viewport.getViewportSize()) / this.#rowHeight);
    const beyond = this.#following() ? 1 : BEYOND;
    const start = Math.max(0, first - beyond);
    const range = { start, end: Math.min(viewport.getDataLength(), last + beyond) };
    this.#range.set(range);
    viewport.setRenderedRange(range);
    viewport.setRenderedContentOffset(start * this.#rowHeight);
  }
}
