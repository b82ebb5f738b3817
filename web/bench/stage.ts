import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROJECT = join(import.meta.dirname, '../..');

/** The stack as `npm start -- --production` runs it: the built page under its deployed headers, and the functions. */
export class Stage {
  readonly #child: ChildProcess;
  readonly page: string;

  private constructor(child: ChildProcess, page: string) {
    this.#child = child;
    this.page = page;
  }

  static async start(): Promise<Stage> {
    const flags = ['infra/dev/start.js', '--production', '--port', '0', '--web-port', '0'];
    const child = spawn(process.execPath, flags, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
    let page: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      page ??= /^ {2}page +(\S+)$/.exec(line)?.[1];
      if (line !== 'Ctrl-C ends it.') continue;
      child.stdout.resume();
      if (page !== undefined) return new Stage(child, page);
    }
    throw new Error('The stack could not be started.');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }
}
