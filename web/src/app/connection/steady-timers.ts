/** What is used of a worker. */
export interface TimerWorker {
  onmessage: ((event: MessageEvent<number>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: { readonly id: number; readonly ms: number }): void;
}

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** Timers that go on while the page is hidden, when browsers slow down its own; those are the way out if there is no worker. */
export class SteadyTimers {
  readonly #timers = new Map<number, Timer>();
  #worker: TimerWorker | undefined;
  #last = 0;

  constructor(worker: TimerWorker | undefined) {
    this.#worker = worker;
    if (!worker) return;
    worker.onmessage = ({ data }) => this.#due(data);
    worker.onerror = () => this.#doWithout();
  }

  /** Does `work` after `ms`; gives what forgets it. */
  set(ms: number, work: () => void): () => void {
    const id = ++this.#last;
    this.#timers.set(id, { at: Date.now() + ms, work });
    this.#wait(id, ms);
    return () => this.#timers.delete(id);
  }

  #wait(id: number, ms: number): void {
    if (this.#worker) this.#worker.postMessage({ id, ms });
    else setTimeout(() => this.#due(id), ms);
  }

  #due(id: number): void {
    const timer = this.#timers.get(id);
    this.#timers.delete(id);
    timer?.work();
  }

  /** The worker could not be loaded: what waits for it would wait for ever. */
  #doWithout(): void {
    this.#worker = undefined;
    for (const [id, { at }] of this.#timers) this.#wait(id, Math.max(0, at - Date.now()));
  }
}
