import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EVERYWHERE, LOOPBACK } from '../local/listen.ts';
import type { Logger } from '../local/log.ts';

const KILL_AFTER_MS = 3000;

/** Angular's development server, as a child process. */
export interface WebServer {
  readonly url: string;
  /** Resolves when the server has ended by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface WebServerOptions {
  readonly project: string;
  readonly port: number;
  /** The address to listen at: of loopback, unless it is given. */
  readonly host?: string | undefined;
  /** Where `config.json` and `/_local` come from. */
  readonly runnerUrl: string;
  readonly log: Logger;
}

/** Serves the page of a project. Resolves when it answers. */
export async function startWebServer({
  project,
  port,
  host = LOOPBACK,
  runnerUrl,
  log,
}: WebServerOptions): Promise<WebServer> {
  const ng = join(project, 'node_modules/@angular/cli/bin/ng.js');
  const leash = new URL('end-with-parent.ts', import.meta.url).href;
  const command = ['--import', leash, ng, 'serve', '--host', host, '--port', String(port)];
  const child = spawn(process.execPath, command, {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, RUNNER_URL: runnerUrl, NG_CLI_ANALYTICS: 'false' },
  });
  for (const output of [child.stdout, child.stderr]) {
    if (output === null) continue;
    createInterface({ input: output }).on('line', (line) => {
      if (line.trim() !== '') log(`web ${line}`);
    });
  }
  // However this process ends by itself or by a signal it can catch, the child goes with it at once.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').then(() => void process.off('exit', kill));

  const [name, reached] = host === LOOPBACK || host === EVERYWHERE ? ['localhost', LOOPBACK] : [host, host];
  const url = `http://${name}:${port}`;
  const answers = untilAnswers(`http://${reached}:${port}/`, child);
  const ready = await Promise.race([answers, ended.then(() => false)]);
  if (!ready) throw new Error('The web server ended before it answered');
  return { url, ended, stop: () => stop(child, ended) };
}

async function untilAnswers(url: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    try {
      const response = await fetch(url);
      if (response.ok) return true;
    } catch {
      // Not listening yet: the server says so in no other way.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  await ended;
  clearTimeout(timer);
}
