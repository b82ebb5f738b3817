import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import { DestroyRef, DOCUMENT, inject, Service, signal } from '@angular/core';
import { fromEvent } from 'rxjs';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Layout } from '../appearance/layout.ts';
import { Seats } from '../seats/seats.ts';

/** Under which `localStorage` keeps that somebody wants no shortcuts. */
export const SHORTCUTS_KEY = 'shortcuts';

/** A single key that does something, wherever the focus is, unless one is typing. */
export interface Shortcut {
  readonly key: string;
  readonly what: string;
  readonly run: () => void;
}

const TYPING = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]';

/** The keys of the page. They can be switched off, as WCAG 2.1.4 asks. */
@Service()
export class Shortcuts {
  readonly #document = inject(DOCUMENT);
  readonly #seats = inject(Seats);
  readonly #layout = inject(Layout);
  readonly #clipboard = inject(Clipboard);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #on = signal(stored() !== 'off');
  readonly #sheet = signal(false);

  readonly on = this.#on.asReadonly();
  /** Whether the sheet that lists them is open. */
  readonly sheet = this.#sheet.asReadonly();

  readonly all: readonly Shortcut[] = [
    { key: '?', what: $localize`Show these keys`, run: () => this.#sheet.set(true) },
    { key: 'p', what: $localize`Go to the peers`, run: () => this.#goToPeers() },
    { key: 'c', what: $localize`Go to the conversation`, run: () => this.#goToConversation() },
    { key: 'w', what: $localize`Show or hide the wire`, run: () => this.#toggleWire() },
    { key: 'j', what: $localize`Talk to the next peer`, run: () => this.#talkTo(1) },
    { key: 'k', what: $localize`Talk to the peer before`, run: () => this.#talkTo(-1) },
    { key: 'y', what: $localize`Copy your connectionId`, run: () => this.#copyId() },
    { key: 'n', what: $localize`Open another peer here`, run: () => this.#seats.open() },
    { key: 's', what: $localize`Go to the next peer of this window`, run: () => this.#nextSeat() },
  ];

  constructor() {
    fromEvent<KeyboardEvent>(this.#document, 'keydown')
      .pipe(takeUntilDestroyed(inject(DestroyRef)))
      .subscribe((event) => this.#pressed(event));
  }

  open(): void {
    this.#sheet.set(true);
  }

  close(): void {
    this.#sheet.set(false);
  }

  /** Switches them on or off, for later pages, too. */
  use(on: boolean): void {
    this.#on.set(on);
    try {
      localStorage.setItem(SHORTCUTS_KEY, on ? 'on' : 'off');
    } catch {
      // SecurityError: then it holds until the page ends.
    }
  }

  #pressed(event: KeyboardEvent): void {
    const { altKey, ctrlKey, metaKey, isComposing, defaultPrevented, target } = event;
    // A dialog is asked itself: its event `close` comes later than the next key may.
    if (!this.#on() || this.#document.querySelector(':modal')) return;
    if (altKey || ctrlKey || metaKey || isComposing || defaultPrevented) return;
    if (target instanceof Element && target.closest(TYPING)) return;
    const shortcut = this.all.find(({ key }) => key === event.key);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  }

  #goToPeers(): void {
    this.#layout.show('peers');
    this.#focus('app-peer-list [aria-current=true]', 'app-peer-list li button');
  }

  #goToConversation(): void {
    this.#layout.show('conversation');
    this.#focus('app-composer textarea', '.stage button');
  }

  #toggleWire(): void {
    this.#layout.toggleWire();
    if (this.#layout.wire()) this.#soon(() => this.#document.querySelector<HTMLElement>('.wire')?.focus());
  }

  #talkTo(step: 1 | -1): void {
    const { connection } = this.#seats.active();
    const partners = connection.partners();
    const at = partners.findIndex(({ session }) => session === connection.selected()?.session);
    const partner = partners.at(at === -1 ? (step === 1 ? 0 : -1) : (at + step) % partners.length);
    if (!partner) return;
    connection.select(partner.session);
    this.#layout.show('conversation');
  }

  #copyId(): void {
    const id = this.#seats.active().connection.me()?.connectionId;
    if (id === undefined) return;
    const copied = this.#clipboard.copy(id);
    const said = copied ? $localize`Copied your connectionId` : $localize`Not copied: your connectionId`;
    void this.#announcer.announce(said, 'polite');
  }

  #nextSeat(): void {
    const all = this.#seats.all();
    const next = all[(all.indexOf(this.#seats.active()) + 1) % all.length];
    if (!next) return;
    this.#seats.activate(next.key);
    this.#focus('app-composer textarea', 'app-peer-list li button', 'button');
  }

  /** The first of these that the active seat has on the screen. */
  #focus(...selectors: readonly string[]): void {
    this.#soon(() => {
      const seat = this.#document.getElementById(`seat-${this.#seats.active().key}`);
      const found = selectors.flatMap((selector) => [
        ...(seat?.querySelectorAll<HTMLElement>(selector) ?? []),
      ]);
      found.find((element) => element.checkVisibility())?.focus();
    });
  }

  /** After what was asked for is on the screen. */
  #soon(work: () => void): void {
    this.#document.defaultView?.requestAnimationFrame(work);
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(SHORTCUTS_KEY);
  } catch {
    // SecurityError: whoever refuses cookies refuses storage.
    return null;
  }
}
