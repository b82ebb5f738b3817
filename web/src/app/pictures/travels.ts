import type { Point } from './spread.ts';

/** How long a message travels, and how long the way that it took stays marked, in milliseconds. */
export const TRAVEL_MS = 700;
export const MARKED_MS = 1500;
/** More at once cannot be told apart, and would cost time. */
export const MOST_AT_ONCE = 24;

/** What draws when the screen is drawn. */
export type Screen = Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'>;

interface Traveller {
  readonly dot: Element;
  readonly from: Point;
  readonly to: Point;
  readonly since: number;
}

/** Elements of a picture that are taken when one is needed, and put back. */
class Pool {
  readonly #free: Element[];

  constructor(elements: Iterable<Element>) {
    this.#free = [...elements];
    for (const element of this.#free) this.#show(element, false);
  }

  take(attributes: Readonly<Record<string, number>>): Element | undefined {
    const element = this.#free.pop();
    if (!element) return undefined;
    for (const [attribute, value] of Object.entries(attributes))
      element.setAttribute(attribute, String(value));
    this.#show(element, true);
    return element;
  }

  putBack(element: Element): void {
    this.#show(element, false);
    this.#free.push(element);
  }

  #show(element: Element, shown: boolean): void {
    element.setAttribute('visibility', shown ? 'visible' : 'hidden');
  }
}

/** Messages on their way over a picture, drawn past change detection, and only while there are any. */
export class Travels {
  readonly #view: Screen;
  readonly #dots: Pool;
  readonly #lines: Pool;
  readonly #travellers = new Set<Traveller>();
  readonly #ways = new Map<string, { readonly line: Element; until: number }>();
  #frame: number | undefined;

  /** `layer` holds the lines and the circles that may be used. */
  constructor(layer: Element, view: Screen) {
    this.#view = view;
    this.#dots = new Pool(layer.querySelectorAll('circle'));
    this.#lines = new Pool(layer.querySelectorAll('line'));
  }

  /** A message goes from one point to another; `key` names the way. With `still` its way is marked, and nothing moves. */
  begin(key: string, from: Point, to: Point, still: boolean): void {
    const since = performance.now();
    const line =
      this.#ways.get(key)?.line ?? this.#lines.take({ x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    if (line) this.#ways.set(key, { line, until: since + MARKED_MS });
    const dot = still ? undefined : this.#dots.take({ cx: from.x, cy: from.y });
    if (dot) this.#travellers.add({ dot, from, to, since });
    this.#frame ??= this.#view.requestAnimationFrame((now) => this.#draw(now));
  }

  /** Takes everything away. */
  clear(): void {
    if (this.#frame !== undefined) this.#view.cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    for (const traveller of this.#travellers) this.#arrive(traveller);
    for (const key of this.#ways.keys()) this.#unmark(key);
  }

  #draw(now: number): void {
    for (const traveller of this.#travellers) {
      const part = Math.max(0, (now - traveller.since) / TRAVEL_MS);
      if (part < 1) move(traveller, part);
      else this.#arrive(traveller);
    }
    for (const [key, { until }] of this.#ways) if (until <= now) this.#unmark(key);
    const isDone = this.#travellers.size === 0 && this.#ways.size === 0;
    this.#frame = isDone ? undefined : this.#view.requestAnimationFrame((time) => this.#draw(time));
  }

  #arrive(traveller: Traveller): void {
    this.#dots.putBack(traveller.dot);
    this.#travellers.delete(traveller);
  }

  #unmark(key: string): void {
    const way = this.#ways.get(key);
    if (way) this.#lines.putBack(way.line);
    this.#ways.delete(key);
  }
}

function move({ dot, from, to }: Traveller, part: number): void {
  // It sets off and arrives gently.
  const eased = part * part * (3 - 2 * part);
  dot.setAttribute('cx', String(from.x + (to.x - from.x) * eased));
  dot.setAttribute('cy', String(from.y + (to.y - from.y) * eased));
}
