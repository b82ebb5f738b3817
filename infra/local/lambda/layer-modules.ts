import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isNotFound } from './not-found.ts';

/** The package that a specifier names; no match for a path, a URL, or an import of a package's own. */
const PACKAGE = /^(?![./#]|[a-z]+:)(?:@[^/]+\/)?[^/]+/;
const OPT = '/opt/';

/**
 * Makes this thread's modules find what its layers have (PARITY L30): packages in the folders that Lambda has in
 * `NODE_PATH`, after the function's own, and files by a path that begins with `/opt`.
 */
export function provideLayers(layers: readonly string[], nodeVersion: number): void {
  if (layers.length === 0) return;
  // What is unpacked later lies over what was there.
  const roots = layers.toReversed();
  const places = [`nodejs/node${nodeVersion}`, 'nodejs'].flatMap((place) =>
    roots.map((root) => join(root, place)),
  );
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        const found = pathIn(roots, specifier) ?? packageIn(places, specifier);
        // What is looked for in a layer comes through here as well.
        if (found === undefined || context.parentURL === found.from) throw error;
        if (context.conditions.includes('import'))
          return next(found.specifier, { ...context, parentURL: found.from });
        // For `require`, Node.js takes no other parent than the module that calls it.
        const path = createRequire(found.from).resolve(found.specifier);
        return { url: pathToFileURL(path).href, shortCircuit: true };
      }
    },
  });
}

interface Found {
  readonly specifier: string;
  /** The URL of a module that would find it by that. */
  readonly from: string;
}

const moduleIn = (folder: string): string => pathToFileURL(join(folder, 'layer.js')).href;

/** The file that `/opt/…` stands for, its name ended as `require` allows. */
function pathIn(roots: readonly string[], specifier: string): Found | undefined {
  if (!specifier.startsWith(OPT)) return undefined;
  const below = specifier.slice(OPT.length);
  const root = roots.find((one) =>
    ['', '.js', '.json'].some((ending) => existsSync(join(one, below + ending))),
  );
  return root === undefined ? undefined : { specifier: `./${below}`, from: moduleIn(root) };
}

function packageIn(places: readonly string[], specifier: string): Found | undefined {
  const name = PACKAGE.exec(specifier)?.[0];
  if (name === undefined) return undefined;
  const place = places.find((one) => existsSync(join(one, 'node_modules', name)));
  return place === undefined ? undefined : { specifier, from: moduleIn(place) };
}
