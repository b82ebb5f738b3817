import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all its children use. */
export interface Usage {
  /** Resident memory, in megabytes. */
  readonly memoryMb: number;
  /** Time of processors so far, in milliseconds. */
  readonly processorMs: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly residentKb: number;
  readonly ticks: number;
}

/** Linux counts processor time in hundredths of a second for whoever reads /proc. */
const TICK_MS = 10;

/** What the process `root` and all its children use; undefined where /proc is not there. */
export function treeUsage(root: number): Usage | undefined {
  let processes: Process[];
  try {
    processes = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => readProcess(Number(pid)));
  } catch {
    return undefined; // No /proc: not Linux.
  }
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size;) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  const sum = (of: (one: Process) => number): number =>
    processes.filter(({ pid }) => tree.has(pid)).reduce((total, one) => total + of(one), 0);
  return {
    memoryMb: sum(({ residentKb }) => residentKb) / 1024,
    processorMs: sum(({ ticks }) => ticks) * TICK_MS,
  };
}

function readProcess(pid: number): Process[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const number = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    // After the name, which may hold anything, in parentheses: state, parent, …; the 12th and 13th are user and system time.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(stat[11]) + Number(stat[12]);
    return [{ pid, parent: number('PPid'), residentKb: number('VmRSS'), ticks }];
  } catch {
    return []; // It ended between the listing and the reading.
  }
}
