import {
  afterNextRender,
  afterRenderEffect,
  computed,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  Injector,
  linkedSignal,
  type Signal,
  untracked,
  type WritableSignal,
} from '@angular/core';

/** Where the focus goes from where it is. */
export type Step = 'next' | 'previous' | 'first' | 'last';

/**
 * The keyboard in a list of buttons, which `data-session` names: the list is one stop for Tab, arrows go from button to
 * button, and what comes and goes takes the focus to nowhere. To be made where a component is.
 */
export class ListFocus {
  readonly #document = inject(DOCUMENT);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  readonly #last: WritableSignal<string | undefined>;

  /** The one at which Tab stops: the one that had the focus last, or is selected, or the first. */
  readonly stop: Signal<string | undefined>;

  constructor(sessions: Signal<readonly string[]>, selected: Signal<string | undefined>) {
    this.#last = linkedSignal(selected);
    this.stop = computed(() => {
      const last = this.#last();
      return last !== undefined && sessions().includes(last) ? last : sessions()[0];
    });
    // Before the list is drawn anew: a button that is moved or taken away loses the focus.
    effect(() => {
      sessions();
      untracked(() => this.#keep());
    });
    afterRenderEffect(() => this.#button(selected())?.scrollIntoView({ block: 'nearest' }));
  }

  /** A button got the focus. */
  stopAt({ target }: Event): void {
    if (target instanceof HTMLElement && target.dataset['session'] !== undefined)
      this.#last.set(target.dataset['session']);
  }

  /** Moves the focus; from what stands before the list, down only. */
  go(event: Event, step: Step): void {
    const buttons = this.#buttons();
    const at = buttons.findIndex((button) => button === this.#document.activeElement);
    if (at === -1 && step !== 'next') return;
    const to = { next: at + 1, previous: Math.max(0, at - 1), first: 0, last: buttons.length - 1 }[step];
    const button = buttons[to];
    if (!button) return;
    event.preventDefault();
    button.focus();
  }

  #keep(): void {
    const at = this.#buttons().findIndex((button) => button === this.#document.activeElement);
    if (at === -1) return;
    const session = this.#buttons()[at]?.dataset['session'];
    const restore = (): void => {
      if (this.#document.activeElement !== this.#document.body) return;
      const buttons = this.#buttons();
      const next = this.#button(session) ?? buttons[Math.min(at, buttons.length - 1)];
      (next ?? this.#host.querySelector('input'))?.focus();
    };
    afterNextRender({ write: restore }, { injector: this.#injector });
  }

  #button(session: string | undefined): HTMLElement | undefined {
    return this.#buttons().find((button) => button.dataset['session'] === session);
  }

  #buttons(): readonly HTMLElement[] {
    return [...this.#host.querySelectorAll<HTMLElement>('[data-session]')];
  }
}
