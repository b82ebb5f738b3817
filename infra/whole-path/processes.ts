import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What reads /proc gives nothing elsewhere. */
export const CAN_SEE_PROCESSES = process.platform === 'linux';

/** The living processes that carry `NAME=value` in their environment, which every child inherits. */
export function processesWith(variable: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => reading(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))?.includes(variable) === true)
    .map(Number);
}

/** The addresses on which processes listen for TCP, in the hexadecimal of /proc/net: `0100007F:1F90`. */
export function listenersOf(pids: readonly number[]): string[] {
  const own = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6'].flatMap((family) =>
    (reading(() => readFileSync(`/proc/net/${family}`, 'utf8')) ?? '')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTENING && own.has(inode ?? ''))
      .map(([, address = '']) => address),
  );
}

const LISTENING = '0A';
const LOOPBACK = /^(0100007F|00000000000000000000000001000000):/;

/** Whether an address of `listenersOf` is reached from this machine alone. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address);

const socketsOf = (pid: number): string[] =>
  (reading(() => readdirSync(`/proc/${pid}/fd`)) ?? []).flatMap((fd) => {
    const target = reading(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? '';
    return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [];
  });

function reading<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined; // A process may end at any moment, and others are not ours to look at.
  }
}
