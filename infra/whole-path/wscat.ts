import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import { until } from './until.ts';

const WSCAT = createRequire(import.meta.url).resolve('wscat/bin/wscat');

/** wscat prints its prompt and its arrows for people only: tell it that its output is a terminal. */
const TERMINAL = 'data:text/javascript,import tty from "node:tty"; tty.isatty = () => true;';

/** The real wscat in a process of its own, and the screen that its user would see. */
export class Wscat {
  readonly #child: ChildProcess;
  #output = '';

  constructor(url: string, subprotocols: readonly string[] = []) {
    const offered = subprotocols.flatMap((one) => ['-s', one]);
    this.#child = spawn(process.execPath, ['--import', TERMINAL, WSCAT, '-c', url, ...offered], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.#output += chunk));
  }

  /** What stands on the screen, without colours. */
  get screen(): string {
    return render(this.#output);
  }

  /** Types a line. A terminal shows what is typed as it comes. */
  type(line: string): void {
    this.#output += `${line}\n`;
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Waits until a text stands on the screen and gives what the pattern captures. */
  shows(pattern: RegExp): Promise<string> {
    return until(
      () => `${String(pattern)} on the screen of wscat, which shows:\n${this.screen}`,
      () => {
        const found = pattern.exec(this.screen);
        return found === null ? undefined : (found[1] ?? found[0]);
      },
    );
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

const ERASE_LINE = '\u001b[2K';

/** What a terminal makes of wscat's output: it erases the line of the prompt before it prints a message there. */
const render = (output: string): string =>
  output
    .split('\n')
    .map((line) => stripVTControlCharacters(line.split(ERASE_LINE).at(-1) ?? ''))
    .join('\n');
