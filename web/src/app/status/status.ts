import { afterNextRender, Component, computed, inject, PendingTasks, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map, timer } from 'rxjs';
import { Connection } from '../connection/connection.ts';
import { SCHEDULER } from '../connection/tokens.ts';
import { LOCALE } from '../language/locale.ts';
import { asClock } from './as-clock.ts';
import { calmInWords, starting, type Words } from './calm.ts';
import type { inWords } from './words.ts';

interface Action {
  readonly label: string;
  readonly does: 'reconnect' | 'disconnect';
  readonly primary?: true;
}

/** Where the connection stands, in words, and what can be done about it. */
@Component({
  selector: 'app-status',
  templateUrl: './status.html',
  styleUrl: './status.css',
})
export class Status {
  protected readonly connection = inject(Connection);
  readonly #scheduler = inject(SCHEDULER);
  readonly #locale = inject(LOCALE);

  readonly #actions: Readonly<Record<NonNullable<Words['action']>, Action>> = {
    'try-again': { label: $localize`Try again`, does: 'reconnect' },
    cancel: { label: $localize`Cancel`, does: 'disconnect' },
    reconnect: { label: $localize`Reconnect now`, does: 'reconnect' },
    connect: { label: $localize`Connect`, does: 'reconnect', primary: true },
    disconnect: { label: $localize`Disconnect`, does: 'disconnect' },
  };

  readonly #now = toSignal(timer(0, 1000, this.#scheduler).pipe(map(() => this.#scheduler.now())), {
    initialValue: this.#scheduler.now(),
  });

  /** Says the rest, once it is here. It is fetched early: who has lost the network could not fetch it. */
  readonly #inWords = signal<typeof inWords | undefined>(undefined);

  protected readonly words = computed((): Words => {
    const { setup, phase, online, lived, limits } = this.connection;
    return (
      calmInWords(setup(), phase(), online()) ??
      this.#inWords()?.(setup(), phase(), online(), {
        lived: lived(),
        limits: limits(),
        locale: this.#locale,
      }) ??
      starting()
    );
  });

  /** One button whose label changes, so that who pressed it keeps the focus. */
  protected readonly button = computed(() => {
    const { action } = this.words();
    return action && this.#actions[action];
  });

  // What changes every second stands apart from the words: a screen reader must not be told each time.

  protected readonly countdown = computed(() => {
    const phase = this.connection.phase();
    if (phase.kind !== 'waiting' || phase.retryAt === Infinity || this.connection.setup().kind !== 'ready')
      return undefined;
    const seconds = Math.max(0, Math.ceil((phase.retryAt - this.#now()) / 1000));
    return $localize`Attempt ${phase.attempt}:attempt: in ${seconds}:seconds: s.`;
  });

  /** For how long we have been connected. */
  protected readonly uptime = computed(() => {
    const phase = this.connection.phase();
    if (phase.kind !== 'connected') return undefined;
    return $localize`for ${asClock(this.#now() - phase.since)}:time:`;
  });

  /** How much is left of what API Gateway grants a connection; the page opens the next one before that. */
  protected readonly left = computed(() => {
    const life = this.connection.life();
    if (this.connection.phase().kind !== 'connected' || !life || !this.connection.online()) return undefined;
    const most = this.connection.limits().maxDurationMs;
    const left = asClock(Math.max(0, life.openedAt + most - this.#now()));
    return $localize`${left}:time: left of API Gateway’s ${asClock(most)}:limit:`;
  });

  constructor() {
    const tasks = inject(PendingTasks);
    afterNextRender(() => {
      tasks.run(async () => {
        const words = await import('./words.ts');
        this.#inWords.set(words.inWords);
      });
    });
  }

  protected act(does: Action['does']): void {
    if (does === 'reconnect') this.connection.reconnect();
    else this.connection.disconnect();
  }
}
