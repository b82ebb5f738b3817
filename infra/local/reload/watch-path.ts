import { watch } from 'chokidar';
import { once } from 'node:events';
import { basename, dirname, resolve, sep } from 'node:path';
import type { Logger } from '../log.ts';

/** Editors and bundlers write in several steps; changes with less than this between them are one. */
const QUIET_MS = 100;

/** Thousands of files that nobody edits. */
const PASSED_OVER = ['node_modules', '.git'];

/**
 * Calls `changed` whenever the file `path`, or a file below the folder `path`, has changed, once nothing more changes.
 * Resolves, when it watches, to what ends it.
 */
export async function watchPath(
  path: string,
  changed: () => void,
  log: Logger,
): Promise<() => Promise<void>> {
  const target = resolve(path);
  const parent = dirname(target);
  const isPassedOver = (one: string): boolean => {
    if (one === parent || one === target) return false;
    return !one.startsWith(`${target}${sep}`) || PASSED_OVER.includes(basename(one));
  };
  // From the folder above: builds take a folder away and make it anew.
  const watcher = watch(parent, { ignoreInitial: true, ignored: (one) => isPassedOver(resolve(one)) });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  });
  // Such as no watches left on this machine: what runs goes on.
  watcher.on('error', (error) => {
    log(`WARNING ${path} is not watched: ${error instanceof Error ? error.message : String(error)}`);
  });
  await once(watcher, 'ready');
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
