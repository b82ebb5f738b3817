import type { MessagePort } from 'node:worker_threads';

/** What another thread says to the question with this number. */
export interface Answer {
  readonly id: number;
}

/**
 * Questions to another thread whose answers come through a port, in whatever order. Only a question under way keeps this
 * thread alive.
 */
export class Questions<Answered extends Answer> {
  readonly #answers: MessagePort;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answered>>();
  #lastId = 0;
  #isOpen = true;

  constructor(answers: MessagePort) {
    this.#answers = answers;
    answers.on('message', (answer: Answered) => {
      const asked = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (this.#waiting.size === 0) answers.unref();
      asked?.resolve(answer);
    });
    answers.on('close', () => {
      this.#isOpen = false;
      for (const { reject } of this.#waiting.values()) reject(new ConnectionReset());
      this.#waiting.clear();
    });
    answers.unref();
  }

  /** Whether somebody is there to answer, as far as is known. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Puts a question by its number. Rejects with a `ConnectionReset` when the thread that should answer has ended. */
  ask(put: (id: number) => void): Promise<Answered> {
    const id = ++this.#lastId;
    const asked = Promise.withResolvers<Answered>();
    this.#waiting.set(id, asked);
    this.#answers.ref();
    put(id);
    return asked.promise;
  }
}

/** As Node.js has it when a server goes away: SDK clients try again. */
class ConnectionReset extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('socket hang up');
  }
}
