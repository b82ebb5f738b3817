import { watch } from 'chokidar';
import { once } from 'node:events';
import { relative, sep } from 'node:path';
import type { Logger } from '../local/log.ts';
import { isInput } from './fingerprint.ts';
import { type Context, synthesizeIfChanged } from './synthesize.ts';

/** Several files saved at once are one change. */
const QUIET_MS = 50;

/**
 * Synthesizes into `outdir` again whenever a file changes that the stack could be made of, one time after the other, and
 * says how long it took, or why it failed. Resolves, when it watches, to what ends it.
 */
export async function synthesizeOnChange(
  project: string,
  outdir: string,
  log: Logger,
  context: Context = {},
): Promise<() => Promise<void>> {
  const inProject = (path: string): string => relative(project, path).replaceAll(sep, '/');
  const watcher = watch(project, {
    ignoreInitial: true,
    ignored: (path) => path !== project && !isInput(inProject(path)),
  });
  watcher.on('error', (error) => {
    log(`WARNING changes are not seen: ${error instanceof Error ? error.message : String(error)}`);
  });

  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const again = async (path: string): Promise<void> => {
    log(`${path} has changed: synthesizing …`);
    const from = performance.now();
    try {
      const changed = await synthesizeIfChanged(project, outdir, context);
      const seconds = ((performance.now() - from) / 1000).toFixed(1);
      log(changed ? `Synthesized in ${seconds} s.` : 'The last time has seen it already.');
    } catch (error) {
      // What runs goes on; the next save may mend it.
      log(error instanceof Error ? error.message : String(error));
    }
  };
  watcher.on('all', (_event, path) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(() => again(inProject(path)));
    }, QUIET_MS);
  });
  await once(watcher, 'ready');
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
