import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isAbsolute } from 'node:path';
import { promisify } from 'node:util';

/** Functions of `node:fs` and `node:fs/promises` that begin with a path; many have a twin that ends in `Sync`. */
const OF_ONE_PATH = [
  ...[
    'access',
    'appendFile',
    'chmod',
    'createReadStream',
    'createWriteStream',
    'exists',
    'lstat',
    'mkdir',
    'open',
  ],
  ...[
    'openAsBlob',
    'opendir',
    'readFile',
    'readdir',
    'readlink',
    'realpath',
    'rm',
    'rmdir',
    'stat',
    'statfs',
  ],
  ...['truncate', 'unlink', 'unwatchFile', 'utimes', 'watch', 'watchFile', 'writeFile'],
];
/** Where the code is on AWS. */
const TASK = '/var/task/';
const OF_TWO_PATHS = ['copyFile', 'cp', 'link', 'rename'];

/** In a worker: lets relative paths, and those below `/var/task`, begin at `folder`, the working directory on AWS (PARITY L23). */
export function beginPathsAt(folder: string): void {
  const placed = (path: unknown): unknown => {
    if (typeof path !== 'string' || path === '') return path;
    if (path.startsWith(TASK)) return folder + path.slice(TASK.length - 1);
    return isAbsolute(path) ? path : `${folder}/${path}`;
  };
  for (const [names, count] of [
    [OF_ONE_PATH, 1],
    [OF_TWO_PATHS, 2],
  ] as const) {
    const place: Place = (args) => [...args.slice(0, count).map(placed), ...args.slice(count)];
    for (const name of names.flatMap((one) => [one, `${one}Sync`])) {
      for (const module of [fs, fs.promises]) {
        const original: unknown = Reflect.get(module, name);
        if (isCallable(original)) Object.assign(module, { [name]: wrapped(original, module, place) });
      }
    }
  }
  syncBuiltinESMExports();
}

/** Makes new arguments of those of a call. */
type Place = (args: readonly unknown[]) => unknown[];

type Callable = (...args: readonly unknown[]) => unknown;
const isCallable = (value: unknown): value is Callable => typeof value === 'function';

/** `realpath.native`, and what `promisify` makes of `exists`. */
const TWINS = ['native', promisify.custom];

function wrapped(original: Callable, of: unknown, place: Place): Callable {
  const through = (target: Callable): Callable => {
    return (...args) => Reflect.apply(target, of, place(args));
  };
  const call = through(original);
  for (const name of Reflect.ownKeys(original)) {
    const property = Reflect.getOwnPropertyDescriptor(original, name);
    const value: unknown = property?.value;
    const isTwin = TWINS.includes(name) && isCallable(value);
    Object.defineProperty(call, name, { ...property, ...(isTwin && { value: through(value) }) });
  }
  return call;
}
