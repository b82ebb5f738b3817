import { signal } from '@angular/core';

/** This near to the end counts as the end, in pixels. */
const NEAR_END = 48;
/** This near to the beginning more is wanted, in pixels. */
const NEAR_BEGINNING = 200;

/** Where a scrolling element stands. While it is at its end it stays there, whatever gets higher. */
export class ScrollPosition {
  readonly #element: HTMLElement;
  readonly #atEnd = signal(true);
  #height = 0;
  /** Whether nothing is below what is seen, to the pixel. */
  #isPinned = true;

  readonly atEnd = this.#atEnd.asReadonly();

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Stays at the end from now on, until the returned function is called. */
  watch(): () => void {
    // A growing composer takes from the height, and must not cover what was being read.
    const outer = new ResizeObserver(() => {
      this.#height = this.#element.clientHeight;
      if (this.#atEnd()) this.toEnd();
    });
    outer.observe(this.#element);
    // What comes into sight is seldom as high as was guessed.
    const inner = new ResizeObserver(() => {
      if (this.#isPinned) this.toEnd();
      else this.locate();
    });
    for (const child of this.#element.children) inner.observe(child);
    return () => {
      outer.disconnect();
      inner.disconnect();
    };
  }

  toEnd(): void {
    this.#element.scrollTop = this.#element.scrollHeight;
    this.#isPinned = true;
  }

  /** The reader unfolds something, and goes on reading from there. */
  release(): void {
    this.#isPinned = false;
  }

  /** The element says that it was scrolled; whether that was near to its beginning. */
  scrolled(): boolean {
    // A new height is no deed of the reader's; the observer sees to it.
    if (this.#element.clientHeight !== this.#height) return false;
    this.locate();
    return this.#element.scrollTop < NEAR_BEGINNING;
  }

  /** Looks where it stands now. */
  locate(): void {
    const below = this.#below() - this.#element.clientHeight;
    this.#isPinned = below < 2;
    this.#atEnd.set(below < NEAR_END);
  }

  /** How to stand again as now, when something was put in before what is seen. */
  held(): () => void {
    const below = this.#below();
    return () => (this.#element.scrollTop = this.#element.scrollHeight - below);
  }

  #below(): number {
    return this.#element.scrollHeight - this.#element.scrollTop;
  }
}
