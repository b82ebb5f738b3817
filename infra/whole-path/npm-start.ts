import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { PROJECT } from './assembly.ts';
import { processesWith } from './processes.ts';
import { until } from './until.ts';

/** What a busy machine may need to synthesize the stack or to build the page. */
const PATIENCE_MS = 50_000;

/** What `npm start` runs, as a process group of its own like that of a terminal. */
export class NpmStart {
  readonly #mark = `WHOLE_PATH_RUN=${randomUUID()}`;
  readonly #child: ChildProcess;
  #output = '';
  #errors = '';

  /** With npm before it there are npm and a shell more, and it is npm that is told to end. */
  constructor(flags: readonly string[], byNpm = false) {
    const [name = '', value] = this.#mark.split('=');
    const [command, args] = byNpm
      ? ['npm', ['start', '--', ...flags]]
      : [process.execPath, ['infra/dev/start.js', ...flags]];
    this.#child = spawn(command, args, {
      cwd: PROJECT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, [name]: value },
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.#output += chunk));
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.#errors += chunk));
  }

  get output(): string {
    return this.#output;
  }

  get errors(): string {
    return this.#errors;
  }

  /** It and all that it has started, whoever their parent is by now. */
  get processes(): readonly number[] {
    return processesWith(this.#mark);
  }

  /** Waits for a line and gives what the pattern captures of it. */
  prints(pattern: RegExp): Promise<string> {
    return until(
      () => `${String(pattern)} from npm start, which printed:\n${this.#output}\n${this.#errors}`,
      () => {
        const found = pattern.exec(this.#output);
        if (found === null && this.#ended)
          throw new Error(`npm start has ended: ${this.#output}\n${this.#errors}`);
        return found === null ? undefined : (found[1] ?? found[0]);
      },
      PATIENCE_MS,
    );
  }

  /** Ctrl-C: the terminal tells the whole group. */
  pressCtrlC(): void {
    process.kill(-(this.#child.pid ?? NaN), 'SIGINT');
  }

  /** What a process manager does: it tells the one process that it started. SIGKILL is what nobody can catch. */
  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
    this.#child.kill(signal);
  }

  /** The exit code. Output is complete when it is known. */
  exitCode(): Promise<number | 'killed'> {
    return until(
      () => `npm start to end; it printed:\n${this.#output}\n${this.#errors}`,
      () => this.#ended && (this.#child.exitCode ?? 'killed'),
      PATIENCE_MS,
    );
  }

  /** Takes away whatever is left. */
  clear(): void {
    for (const pid of this.processes) process.kill(pid, 'SIGKILL');
  }

  get #ended(): boolean {
    const { exitCode, signalCode, stdout, stderr } = this.#child;
    return (exitCode !== null || signalCode !== null) && stdout?.closed === true && stderr?.closed === true;
  }
}
