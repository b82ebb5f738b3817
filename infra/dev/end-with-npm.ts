import { execFile } from 'node:child_process';
import { basename } from 'node:path';

const LOOK_MS = 500;

/**
 * Calls `gone` when npm has ended, which runs this process by `npm start`; at most once, and never when something else runs it.
 * npm hands on a SIGTERM only to the shell between, and nothing at all when it is killed. (A SIGINT that is for npm alone ends
 * neither of the two where the shell is dash, and nobody can see it. Ctrl-C goes to everyone.)
 */
export function endWithNpm(gone: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const parent = process.ppid;
  let npm = parent;
  // Some shells become their last command, others wait for it as its parent.
  execFile('ps', ['-o', 'ppid=', '-o', 'comm=', '-p', String(parent)], (_error, row) => {
    const [, above, name = ''] = /^\s*(\d+)\s+(.*\S)/.exec(row) ?? [];
    if (above !== undefined && basename(name).endsWith('sh')) npm = Number(above);
  });
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    gone();
  }, LOOK_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // ESRCH, or EPERM by now: the number is another user's process.
  }
}
