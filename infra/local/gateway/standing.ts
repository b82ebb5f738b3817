import type { LocalAnswer, LocalCall } from '../lambda/local-request.ts';
import { isSigned } from './signature.ts';

/**
 * How long an answer to a post stands: one number, shared by all threads, that changes whenever a further post to some
 * connection could end differently. Until then the thread that got the answer may give it itself, and need not wait for the
 * gateway. AWS has the same gap: it takes a post, and then the client is gone.
 */
export class Standing {
  readonly #epoch: Int32Array<SharedArrayBuffer>;

  /** `shared` is that of the `Standing` in another thread. */
  constructor(shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#epoch = new Int32Array(shared);
  }

  get shared(): SharedArrayBuffer {
    return this.#epoch.buffer;
  }

  /** An answer stands while this is what it was. */
  get epoch(): number {
    return Atomics.load(this.#epoch, 0);
  }

  /** No answer so far stands any longer. */
  end(): void {
    Atomics.add(this.#epoch, 0, 1);
  }
}

/** A longer post is for the gateway to judge (PARITY M9). */
const MOST_CHARACTERS = 16 * 1024;

/** What one thread was answered to its posts, while it stands. */
export class StandingAnswers {
  readonly #standing: Standing;
  readonly #answers = new Map<string, LocalAnswer>();
  #epoch = 0;

  constructor(standing: Standing) {
    this.#standing = standing;
  }

  /** The answer to a call, when it is known without asking. */
  find(call: LocalCall): LocalAnswer | undefined {
    if (this.#epoch !== this.#standing.epoch) return undefined;
    const answer = this.#answers.get(keyOf(call));
    if (answer === undefined || call.body.length > MOST_CHARACTERS || !isSigned(call.authorization))
      return undefined;
    return answer;
  }

  /** Remembers an answer that stood at `epoch`. */
  keep(call: LocalCall, answer: LocalAnswer, epoch: number): void {
    if (epoch !== this.#epoch) this.#answers.clear();
    this.#epoch = epoch;
    this.#answers.set(keyOf(call), answer);
  }
}

const keyOf = ({ port, method, path }: LocalCall): string => `${method} ${port} ${path}`;
