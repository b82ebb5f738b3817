import { readdir, readFile } from 'node:fs/promises';

/** A process as `/proc` shows it. Its start tells it from a later one with the same id. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly started: string;
  readonly command: string;
}

/** The process `root`, all that descend from it, and all that share its session. Empty where there is no `/proc`. */
export async function treeOf(root: number): Promise<Process[]> {
  const all = await processes();
  const found = new Set([root]);
  let before = 0;
  while (found.size > before) {
    before = found.size;
    for (const { pid, parent, session } of all) if (found.has(parent) || session === root) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

/** Those of `before` that run still. */
export async function survivorsOf(before: readonly Process[]): Promise<Process[]> {
  const now = await processes();
  return before.filter((one) => now.some(({ pid, started }) => pid === one.pid && started === one.started));
}

async function processes(): Promise<Process[]> {
  const entries = await readdir('/proc').catch(() => []); // Not Linux.
  const read = await Promise.all(entries.filter((entry) => /^\d+$/.test(entry)).map(readProcess));
  return read.filter((process) => process !== undefined);
}

async function readProcess(pid: string): Promise<Process | undefined> {
  // A process may end between being listed and being read.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, command, rest] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? [];
  const fields = rest?.split(' ') ?? [];
  const [state, parent, , session] = fields;
  // A zombie has ended; it only waits for its parent to notice.
  if (command === undefined || state === 'Z') return undefined;
  return {
    pid: Number(pid),
    parent: Number(parent),
    session: Number(session),
    started: fields[19] ?? '',
    command,
  };
}
