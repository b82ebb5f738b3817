import { computed, inject, Service, signal } from '@angular/core';
import { defer, merge, ReplaySubject, retry, Subject, take, timer } from 'rxjs';
import { type Config, readConfig } from './config.ts';
import { CONFIG_URL, FETCH, SCHEDULER } from './tokens.ts';

/** How long the page waits before it asks for `config.json` again. */
export const CONFIG_RETRY_MS = 5000;

/** What is known of `config.json`. */
export type Configured =
  | { readonly kind: 'loading' }
  | { readonly kind: 'no-config'; readonly reason: string }
  | { readonly kind: 'ready'; readonly config: Config };

/** What `config.json` says: read once for all seats of the window, and again until it can be read. */
@Service()
export class Configuration {
  readonly #fetch = inject(FETCH);
  readonly #url = inject(CONFIG_URL);
  readonly #scheduler = inject(SCHEDULER);
  readonly #again = new Subject<void>();
  readonly #config = new ReplaySubject<Config>(1);
  readonly #configured = signal<Configured>({ kind: 'loading' });

  readonly configured = this.#configured.asReadonly();
  /** Whether a local runner is behind the page, which can be looked into. */
  readonly isLocal = computed(() => {
    const configured = this.#configured();
    return configured.kind === 'ready' && configured.config.local !== undefined;
  });
  /** The configuration, once it is known. */
  readonly config = this.#config.asObservable();

  constructor() {
    defer(() => readConfig(this.#fetch, this.#url))
      .pipe(
        retry({
          delay: (error: unknown) => {
            const reason = error instanceof Error ? error.message : String(error);
            this.#configured.set({ kind: 'no-config', reason });
            return merge(timer(CONFIG_RETRY_MS, this.#scheduler), this.#again).pipe(take(1));
          },
        }),
      )
      .subscribe((config) => {
        this.#configured.set({ kind: 'ready', config });
        this.#config.next(config);
      });
  }

  /** Asks now, when it is being waited to ask again. */
  again(): void {
    this.#again.next();
  }
}
