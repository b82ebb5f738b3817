import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Modules that `NODE_OPTIONS` names to be loaded before the handler, in quotes or not. */
const PRELOAD = /(?<=^|\s)(-r|--require|--import)(?:=|\s+)(?:"([^"]*)"|(\S+))/g;
const TASK = /^\/var\/task\//;

/** What of `NODE_OPTIONS` is for the thread to be started with: Node.js would look for the modules from the runner's folder. */
export const withoutPreloads = (options: string): string => options.replace(PRELOAD, '').trim();

/** In a worker: loads the modules that `NODE_OPTIONS` names, from the function's folder (PARITY L37). */
export async function preload(folder: string, options: string): Promise<void> {
  const named = [...options.matchAll(PRELOAD)].map(([, flag, quoted, bare = '']) => ({
    isImport: flag === '--import',
    specifier: (quoted ?? bare).replace(TASK, './'),
  }));
  const from = pathToFileURL(join(folder, 'preload.js')).href;
  const require = createRequire(from);
  for (const { specifier } of named.filter(({ isImport }) => !isImport)) require(specifier);
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, context.parentURL === import.meta.url ? { ...context, parentURL: from } : context),
  });
  for (const { specifier } of named.filter(({ isImport }) => isImport)) await import(specifier);
  hooks.deregister();
}
