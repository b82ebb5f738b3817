/** Writes one line for the person at the terminal. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** A command that runs until somebody or something ends it, and then stops all that it has begun. */
export class Command {
  readonly #stops: (() => Promise<void>)[] = [];
  #stopping: Promise<void> | undefined;

  /** Whether it is about to end. */
  get ending(): boolean {
    return this.#stopping !== undefined;
  }

  /** Calls `stop` at the end; what was begun last is stopped first. */
  atEnd(stop: () => Promise<void>): void {
    this.#stops.push(stop);
  }

  /** Stops what was begun, and the process. */
  async end(code: number): Promise<void> {
    this.#stopping ??= this.#stop();
    await this.#stopping;
    process.exit(code);
  }

  /** Begins `work`. Ctrl-C and its like end it with code 0, an error with its message and code 1. */
  async run(work: () => Promise<void>): Promise<void> {
    // Functions are threads of this process, and on AWS their dates are in UTC, unless their TZ says otherwise.
    process.env['TZ'] = 'UTC';
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.end(0));
    try {
      await work();
    } catch (error) {
      // What can go wrong here is the person's to mend (a flag, a port, the template): say it without a stack trace.
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      await this.end(1);
    }
  }

  async #stop(): Promise<void> {
    for (const one of this.#stops.reverse()) await one();
  }
}
