import { Component, computed, inject, input, output, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, timer } from 'rxjs';
import { LIMITS } from '../connection/options.ts';
import { mayReturn, type Partner } from '../connection/partners.ts';
import { SCHEDULER } from '../connection/tokens.ts';
import { callOf } from './naming.ts';
import { PeerMark } from './peer-mark.ts';
import { previewOf } from './preview.ts';

/** From so many on, one may look for a peer by name. */
export const MANY = 10;

/** How often is looked who is away for too long to come back as the same. */
const LOOK_MS = 10_000;

/** Who is in the room, and those who have gone but left something to read. */
@Component({
  selector: 'app-peer-list',
  imports: [PeerMark],
  templateUrl: './peer-list.html',
  styleUrl: './peer-list.css',
})
export class PeerList {
  readonly partners = input.required<readonly Partner[]>();
  readonly selected = input<string>();
  /** For how long who has gone can come back as the same, in milliseconds [P15]. */
  readonly windowMs = input<number>(LIMITS.resumeWindowMs);
  readonly chosen = output<string>();

  readonly #scheduler = inject(SCHEDULER);
  readonly #now = toSignal(timer(0, LOOK_MS, this.#scheduler).pipe(map(() => this.#scheduler.now())), {
    initialValue: this.#scheduler.now(),
  });

  protected readonly many = computed(() => this.partners().length >= MANY);
  protected readonly sought = signal('');
  protected readonly rows = computed(() => {
    const sought = this.many() ? this.sought().trim().toLocaleLowerCase() : '';
    return this.partners()
      .map((partner) => ({ ...partner, call: callOf(partner), preview: previewOf(partner) }))
      .filter(({ call, connectionId }) =>
        [call, connectionId].some((text) => text.toLocaleLowerCase().includes(sought)),
      );
  });

  /** What sets a partner apart: it is away and may come back as the same, has left, or is a terminal. */
  protected badgeOf(partner: Partner): string | undefined {
    if (partner.here) return partner.dialect === 'plain' ? $localize`terminal` : undefined;
    return mayReturn(partner, this.#now() - this.windowMs()) ? $localize`away` : $localize`left`;
  }
}
