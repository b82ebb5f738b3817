import { Component, computed, inject } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { map, of, switchMap, timer } from 'rxjs';
import { Connection } from '../connection/connection.ts';
import { SCHEDULER } from '../connection/tokens.ts';
import { inWords, type Words } from './words.ts';

interface Action {
  readonly label: string;
  readonly does: 'reconnect' | 'disconnect';
  readonly primary?: true;
}

const ACTIONS: Readonly<Record<NonNullable<Words['action']>, Action>> = {
  'try-again': { label: 'Try again', does: 'reconnect' },
  cancel: { label: 'Cancel', does: 'disconnect' },
  reconnect: { label: 'Reconnect now', does: 'reconnect' },
  connect: { label: 'Connect', does: 'reconnect', primary: true },
  disconnect: { label: 'Disconnect', does: 'disconnect' },
};

/** Where the connection stands, in words, and what can be done about it. */
@Component({
  selector: 'app-status',
  templateUrl: './status.html',
  styleUrl: './status.css',
})
export class Status {
  protected readonly connection = inject(Connection);
  readonly #scheduler = inject(SCHEDULER);

  protected readonly words = computed(() =>
    inWords(this.connection.setup(), this.connection.phase(), this.connection.online()),
  );

  /** One button whose label changes, so that who pressed it keeps the focus. */
  protected readonly button = computed(() => {
    const { action } = this.words();
    return action && ACTIONS[action];
  });

  /** What changes every second, apart from the words: a screen reader must not be told each time. */
  protected readonly countdown = toSignal(
    toObservable(this.connection.phase).pipe(
      switchMap((phase) => {
        if (phase.kind !== 'waiting') return of(undefined);
        const { attempt, retryAt } = phase;
        const seconds = () => Math.max(0, Math.ceil((retryAt - this.#scheduler.now()) / 1000));
        return timer(0, 1000, this.#scheduler).pipe(map(() => `Attempt ${attempt} in ${seconds()} s.`));
      }),
    ),
  );

  protected act(does: Action['does']): void {
    if (does === 'reconnect') this.connection.reconnect();
    else this.connection.disconnect();
  }
}
