import type { Logger } from '../log.ts';

interface Chunk {
  readonly chunk: string | Uint8Array;
}

/**
 * In a worker: takes what is printed to `print` at once. By itself a worker's stream waits after each write to hear from
 * the runner, which a frozen worker cannot.
 */
export function redirectOutput(print: (text: string) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    Object.assign(stream, {
      _writev(chunks: readonly Chunk[], written: () => void): void {
        for (const { chunk } of chunks)
          print(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
        written();
      },
    });
  }
}

/** How a line begins that CloudWatch makes metrics of (PARITY L26). */
const METRICS = '{"_aws":{';

/** Makes whole lines of what is printed, in whatever pieces it comes, and leaves those out that are metrics. */
export class Lines {
  readonly #log: Logger;
  #begun = '';

  constructor(log: Logger) {
    this.#log = log;
  }

  add(text: string): void {
    const lines = (this.#begun + text).split(/\r?\n/);
    this.#begun = lines.pop() ?? '';
    for (const line of lines) if (!line.startsWith(METRICS)) this.#log(line);
  }

  /** Ends a line that nobody has ended. */
  end(): void {
    if (this.#begun !== '') this.add('\n');
  }
}
