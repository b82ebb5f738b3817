import { Component, computed, inject } from '@angular/core';
import type { WireKind } from './wire-entry.ts';
import { WireLog } from './wire-log.ts';
import { WireView } from './wire-view.ts';

const KINDS: readonly WireKind[] = [
  'hello',
  'welcome',
  'message',
  'receipt',
  'refused',
  'ping',
  'pong',
  'joined',
  'left',
  'gateway',
  'plain',
  'malformed',
  'binary',
  'open',
  'close',
];

/** Chooses which frames are shown. */
@Component({
  selector: 'app-wire-filters',
  templateUrl: './wire-filters.html',
  styleUrl: './wire-filters.css',
})
export class WireFilters {
  readonly #log = inject(WireLog);
  protected readonly view = inject(WireView);
  protected readonly kinds = KINDS;
  protected readonly seats = computed(() =>
    this.#log.seats().map((key) => ({ key, call: this.#log.callOf(key) })),
  );
  protected readonly peers = computed(() =>
    this.#log.peers().map((session) => ({ session, call: this.#log.nameOf(session) ?? session.slice(0, 8) })),
  );

  protected kindOf(text: string): WireKind | undefined {
    return KINDS.find((kind) => kind === text);
  }
}
