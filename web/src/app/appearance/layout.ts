import {
  computed,
  DestroyRef,
  DOCUMENT,
  inject,
  linkedSignal,
  Service,
  type Signal,
  signal,
} from '@angular/core';

/** The parts of the screen. A phone shows one of them at a time. */
export type Part = 'peers' | 'conversation' | 'wire';

/** What fits on the screen, and what of it is shown. */
@Service()
export class Layout {
  readonly #view = inject(DOCUMENT).defaultView;
  readonly #destroyRef = inject(DestroyRef);
  readonly #wide = this.#matches('(width >= 80rem)');

  /** Whether there is room for one part only. */
  readonly phone = this.#matches('(width < 48rem)');
  readonly #part = signal<Part>('peers');
  /** Where there is room beside the conversation the wire is shown, unless somebody has said otherwise. */
  readonly #wire = linkedSignal(() => this.#wide());

  /** The part that a phone shows. */
  readonly part = this.#part.asReadonly();
  /** Whether the wire is on the screen. */
  readonly wire = computed(() => (this.phone() ? this.#part() === 'wire' : this.#wire()));

  /** Shows a part, where not all of them are shown. */
  show(part: Part): void {
    this.#part.set(part);
    if (part === 'wire') this.#wire.set(true);
  }

  /** Shows the wire, or takes it away. */
  toggleWire(): void {
    if (this.phone()) this.#part.update((part) => (part === 'wire' ? 'conversation' : 'wire'));
    else this.#wire.update((shown) => !shown);
  }

  #matches(query: string): Signal<boolean> {
    const list = this.#view?.matchMedia(query);
    const matches = signal(list?.matches ?? false);
    const changed = () => matches.set(list?.matches ?? false);
    list?.addEventListener('change', changed);
    this.#destroyRef.onDestroy(() => list?.removeEventListener('change', changed));
    return matches.asReadonly();
  }
}
