import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startIssuer, type TestIssuer } from '../../functions/testing/issuer.ts';
import { synthesize } from '../../infra/dev/synthesize.ts';

const PROJECT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 120_000;

/** The stack as it is deployed with `-c auth=jwt`, its page, and an issuer of tokens for it, all on this machine. */
export class SignedStack {
  readonly issuer: TestIssuer;
  /** The address of the page. */
  readonly page: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(issuer: TestIssuer, page: string, child: ChildProcess, folder: string) {
    this.issuer = issuer;
    this.page = page;
    this.#child = child;
    this.#folder = folder;
  }

  static async start(): Promise<SignedStack> {
    const issuer = await startIssuer();
    const folder = await mkdtemp(join(tmpdir(), 'hello-websocket-signed-'));
    await synthesize(PROJECT, folder, { auth: 'jwt', jwtIssuer: issuer.url, jwtAudience: issuer.audience });
    const command = ['infra/local/cli.ts', '--assembly', folder, '--port', '0', '--site-port', '0'];
    const child = spawn(process.execPath, command, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
    const limit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
    let page: string | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      page ??= /^ {2}site +(\S+)$/.exec(line)?.[1];
      if (line === 'Ctrl-C ends it.') break;
    }
    clearTimeout(limit);
    if (page === undefined) throw new Error('The stack with sign-in did not get ready');
    // Nobody reads on; what it prints must not fill the pipe.
    child.stdout.resume();
    return new SignedStack(issuer, page, child, folder);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await gone;
    }
    await this.issuer.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
