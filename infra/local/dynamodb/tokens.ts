import type { Fields } from '../template/values.ts';
import { exception, Refusal } from './reply.ts';

/** For how long a `ClientRequestToken` is known. */
const KNOWN_MS = 10 * 60_000;

/** The tokens of transactions that were written: the same one again writes nothing again (PARITY T11). */
export class Tokens {
  readonly #written = new Map<string, { readonly what: string; readonly at: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Whether this transaction was written under its token; throws a `Refusal` where the token was another's. */
  knows({ ClientRequestToken: token, TransactItems: items }: Fields): boolean {
    this.#forget();
    const known = typeof token === 'string' ? this.#written.get(token) : undefined;
    if (known === undefined) return false;
    if (known.what === JSON.stringify(items)) return true;
    const message =
      'The token was already used, with a different request: another request needs another one.';
    throw new Refusal(exception('IdempotentParameterMismatchException', { Message: message }));
  }

  remember({ ClientRequestToken: token, TransactItems: items }: Fields): void {
    if (typeof token !== 'string') return;
    this.#written.set(token, { what: JSON.stringify(items), at: this.#now() });
  }

  #forget(): void {
    for (const [token, { at }] of this.#written) {
      if (this.#now() - at < KNOWN_MS) return;
      this.#written.delete(token);
    }
  }
}
