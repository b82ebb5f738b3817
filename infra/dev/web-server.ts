import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Logger } from '../local/log.ts';

const LOOPBACK = '127.0.0.1';
const KILL_AFTER_MS = 3000;

/** Angular's development server, as a child process. */
export interface WebServer {
  readonly url: string;
  /** Resolves when the server has ended by itself. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** A port of the loopback interface that nobody listens on: `port` itself, or any for 0. */
export async function freePort(port: number, flag: string): Promise<number> {
  const probe = createServer().listen(port, LOOPBACK);
  try {
    await once(probe, 'listening');
  } catch {
    // Only listening shows whether a port is free.
    throw new Error(`Port ${port} is taken: choose another with ${flag}, or 0 for any free one`);
  }
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return free;
}

/** Serves the page of `project` on `port`; its `config.json` comes from `runnerUrl`. Resolves when it answers. */
export async function startWebServer(
  project: string,
  port: number,
  runnerUrl: string,
  log: Logger,
): Promise<WebServer> {
  const ng = join(project, 'node_modules/@angular/cli/bin/ng.js');
  const child = spawn(process.execPath, [ng, 'serve', '--host', LOOPBACK, '--port', String(port)], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, RUNNER_URL: runnerUrl, NG_CLI_ANALYTICS: 'false' },
  });
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      if (line.trim() !== '') log(`web ${line}`);
    });
  }
  // However this process ends by itself or by a signal it can catch, the child goes with it; SIGKILL leaves it.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').then(() => void process.off('exit', kill));

  const url = `http://localhost:${port}`;
  const answers = untilAnswers(`http://${LOOPBACK}:${port}/`, child);
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
