import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROJECT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 60_000;

/** A runner of a test's own, without a page, that can be killed and started again where it was. */
export class Runner {
  readonly #flags: readonly string[];
  #child: ChildProcess | undefined;
  #webSocket = '';

  private constructor(flags: readonly string[]) {
    this.#flags = flags;
  }

  /** Starts it with these flags of `npm start`, on any free port. */
  static async start(...flags: readonly string[]): Promise<Runner> {
    const runner = new Runner(flags);
    await runner.#start('0');
    return runner;
  }

  /** What clients connect to. */
  get webSocket(): string {
    return this.#webSocket;
  }

  /** What the page asks for where to connect. */
  get configUrl(): string {
    return this.#http('/config.json');
  }

  /** Ends it without a word to anyone, as a crash does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Starts it once more, on the same port. */
  async startAgain(): Promise<void> {
    await this.#start(new URL(this.#webSocket).port);
  }

  /** Switches faults, as `POST /_local/faults` takes them. */
  async faults(settings: Readonly<Record<string, number>>): Promise<void> {
    const response = await fetch(this.#http('/_local/faults'), {
      method: 'POST',
      body: JSON.stringify(settings),
    });
    if (!response.ok) throw new Error(`The runner answered ${response.status}: ${await response.text()}`);
  }

  #http(path: string): string {
    return new URL(path, this.#webSocket.replace(/^ws/, 'http')).href;
  }

  async #start(port: string): Promise<void> {
    const command = ['infra/dev/start.js', '--no-web', '--port', port, ...this.#flags];
    const child = spawn(process.execPath, command, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    const limit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
    for await (const line of lines) {
      this.#webSocket = /^ {2}WebSocket +(\S+)$/.exec(line)?.[1] ?? this.#webSocket;
      if (line === 'Ctrl-C ends it.') break;
    }
    clearTimeout(limit);
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('The runner did not get ready');
    // Nobody reads on; what it prints must not fill the pipe.
    child.stdout.resume();
  }
}
