import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { treeUsage } from './process-tree.ts';

/** A target that uses at most this much processor time, in this many milliseconds, has nothing to do. */
const QUIET_MS = 20;
const QUIET_FOR_MS = 200;

/** A server under measurement, in processes of its own. */
export interface Target {
  readonly name: string;
  readonly url: string;
  /** When the command was given, in `performance.now()` milliseconds. */
  readonly startedAt: number;
  /** Resident memory of the process and all its children, in megabytes; undefined where /proc is not there. */
  memoryMb(): number | undefined;
  /** Resolves when the processes have nothing more to do, of what was asked of them so far; soon where /proc is not there. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts what is given to Node.js as its command line and waits for the line in which it tells its WebSocket URL. */
export async function startTarget(name: string, command: readonly string[]): Promise<Target> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await announcedUrl(child, name);
  const usage = () => treeUsage(child.pid ?? 0);
  return {
    name,
    url,
    startedAt,
    memoryMb: () => usage()?.memoryMb,
    async quiet() {
      let before: number;
      let now = usage()?.processorMs ?? 0;
      do {
        await delay(QUIET_FOR_MS);
        before = now;
        now = usage()?.processorMs ?? 0;
      } while (now - before > QUIET_MS);
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
    },
  };
}

async function announcedUrl(child: ChildProcess, name: string): Promise<string> {
  if (child.stdout === null) throw new Error(`${name} has no output`);
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code ?? 'a signal'}`)));
    lines.on('line', (line) => {
      const url = /WebSocket\s+(ws:\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}
