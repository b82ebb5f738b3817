import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, timer } from 'rxjs';
import { LIMITS } from '../connection/options.ts';
import { mayReturn, type Partner } from '../connection/partners.ts';
import { SCHEDULER } from '../connection/tokens.ts';
import { ListFocus, type Step } from './list-focus.ts';
import { callOf } from './naming.ts';
import { PeerMark } from './peer-mark.ts';
import { previewOf } from './preview.ts';

/** From so many on, one may look for a peer by name, or for those that have written. */
export const MANY = 10;

/** How often is looked who is away for too long to come back as the same. */
const LOOK_MS = 10_000;

/** Who is in the room, and those who have gone but left something to read. */
@Component({
  selector: 'app-peer-list',
  imports: [PeerMark],
  templateUrl: './peer-list.html',
  styleUrl: './peer-list.css',
  host: {
    '(focusin)': 'stopAt($event)',
    '(keydown.arrowdown)': "go($event, 'next')",
    '(keydown.arrowup)': "go($event, 'previous')",
    '(keydown.home)': "go($event, 'first')",
    '(keydown.end)': "go($event, 'last')",
  },
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
  readonly #unreadOnly = signal(false);

  protected readonly many = computed(() => this.partners().length >= MANY);
  protected readonly sought = linkedSignal({ source: this.many, computation: () => '' });
  /** How many peers have written what nobody has read. */
  protected readonly unread = computed(() => this.partners().filter(({ unread }) => unread > 0).length);
  /** Whether only they are listed. */
  protected readonly unreadOnly = computed(() => this.many() && this.#unreadOnly());
  protected readonly rows = computed(() => {
    const sought = this.sought().trim().toLocaleLowerCase();
    const [unreadOnly, selected] = [this.unreadOnly(), this.selected()];
    return this.partners()
      .filter(({ unread, session }) => !unreadOnly || unread > 0 || session === selected)
      .map((partner) => ({ ...partner, call: callOf(partner), preview: previewOf(partner) }))
      .filter(({ call, connectionId }) =>
        [call, connectionId].some((text) => text.toLocaleLowerCase().includes(sought)),
      );
  });
  readonly #focus = new ListFocus(
    computed(() => this.rows().map(({ session }) => session)),
    this.selected,
  );
  /** The peer at which Tab stops: the list is one stop, and arrows go on from there. */
  protected readonly stop = this.#focus.stop;

  /** What sets a partner apart: it is away and may come back as the same, has left, or is a terminal. */
  protected badgeOf(partner: Partner): string | undefined {
    if (partner.here) return partner.dialect === 'plain' ? $localize`terminal` : undefined;
    return mayReturn(partner, this.#now() - this.windowMs()) ? $localize`away` : $localize`left`;
  }

  protected toggleUnread(): void {
    this.#unreadOnly.update((only) => !only);
  }

  protected stopAt(event: Event): void {
    this.#focus.stopAt(event);
  }

  protected go(event: Event, step: Step): void {
    this.#focus.go(event, step);
  }
}
