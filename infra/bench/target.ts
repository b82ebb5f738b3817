import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server under measurement, in processes of its own. */
export interface Target {
  readonly name: string;
  readonly url: string;
  /** When the command was given, in `performance.now()` milliseconds. */
  readonly startedAt: number;
  /** Resident memory of the process and all its children, in megabytes; undefined where /proc is not there. */
  memoryMb(): number | undefined;
  stop(): Promise<void>;
}

/** Starts what is given to Node.js as its command line and waits for the line in which it tells its WebSocket URL. */
export async function startTarget(name: string, command: readonly string[]): Promise<Target> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await announcedUrl(child, name);
  return {
    name,
    url,
    startedAt,
    memoryMb: () => treeMemoryMb(child.pid ?? 0),
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

function treeMemoryMb(root: number): number | undefined {
  let processes: { pid: number; parent: number; residentKb: number }[];
  try {
    processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => readStatus(Number(pid)));
  } catch {
    return undefined; // No /proc: not Linux.
  }
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size;) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  const residentKb = processes
    .filter(({ pid }) => tree.has(pid))
    .reduce((sum, one) => sum + one.residentKb, 0);
  return residentKb / 1024;
}

function readStatus(pid: number): { pid: number; parent: number; residentKb: number }[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const number = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return [{ pid, parent: number('PPid'), residentKb: number('VmRSS') }];
  } catch {
    return []; // It ended between the listing and the reading.
  }
}
