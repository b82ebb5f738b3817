import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A function's entry point. Below Node.js 24 it may answer through the callback instead. */
export type Handler = (event: unknown, context: unknown, callback?: Callback) => unknown;
export type Callback = (error?: unknown, result?: unknown) => void;

class HandlerError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = `Runtime.${type}`;
  }
}

/** The file below `code` that the Lambda runtime loads for the handler: `.js` first, then `.mjs`, then `.cjs`. */
export function findModule(code: string, handler: string): string | undefined {
  const { file } = splitHandler(handler);
  return ['.js', '.mjs', '.cjs']
    .map((extension) => join(code, file + extension))
    .find((one) => existsSync(one));
}

/** Whether the runtime for this major version of Node.js lets a handler answer through a callback. */
export const hasCallbacks = (nodeVersion: number): boolean => nodeVersion < 24;

/** Loads the handler below `code` the way the Lambda runtime for this major version of Node.js does. */
export async function loadHandler(code: string, handler: string, nodeVersion: number): Promise<Handler> {
  const { file, name } = splitHandler(handler);
  if (name === '' || handler.includes('..')) {
    throw new HandlerError('MalformedHandlerName', `'${handler}' is not a valid handler name`);
  }
  const path = findModule(code, handler);
  if (path === undefined) throw new HandlerError('ImportModuleError', `Cannot find module '${file}'`);

  const loaded = await load(path);
  const found = name.split('.').reduce<unknown>((value, part) => property(value, part), loaded);
  if (typeof found !== 'function') {
    throw new HandlerError('HandlerNotFound', `${handler} is undefined or not exported`);
  }
  // By the parameters alone, whatever the function does with them (PARITY L27).
  if (found.length > 2 && !hasCallbacks(nodeVersion)) {
    throw new HandlerError('CallbackHandlerDeprecated', `ERROR: ${handler} ${CALLBACKS_ARE_GONE}`);
  }
  return found as Handler;
}

const CALLBACKS_ARE_GONE =
  'has a third parameter, and for the runtimes from Node.js 24 on such a handler is one with a callback, which they ' +
  'have removed: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html';

/** The file of `folder/file.a.b`, without an extension, which ends at the first dot, and its export `a.b` (PARITY L35). */
export function splitHandler(handler: string): { readonly file: string; readonly name: string } {
  const [, file = handler, name = ''] = /^((?:.*\/)?[^./]*)\.([^/]*)$/.exec(handler) ?? [];
  return { file, name };
}

async function load(path: string): Promise<unknown> {
  if (path.endsWith('.cjs')) return createRequire(path)(path);
  const loaded: unknown = await import(pathToFileURL(path).href);
  // A CommonJS file arrives as the default export, which is where its `exports` are complete.
  const exported = property(loaded, 'default');
  return property(loaded, 'module.exports') ?? (isCommonJs(loaded, exported) ? exported : loaded);
}

const isCommonJs = (loaded: unknown, exported: unknown): boolean =>
  typeof exported === 'object' &&
  exported !== null &&
  Object.keys(loaded as object).every((key) => key === 'default' || key in exported);

function property(of: unknown, name: string): unknown {
  return (typeof of === 'object' || typeof of === 'function') && of !== null
    ? (of as Record<string, unknown>)[name]
    : undefined;
}
