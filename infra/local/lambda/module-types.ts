import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire, type LoadFnOutput, registerHooks } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

/** What Node.js 22 has and Lambda switches off: ES modules are known by their syntax. */
const DETECTION = '--experimental-detect-module';

/**
 * Makes `.js` files of the function what they are below /var/task (PARITY L22): CommonJS, where no package.json of the function's
 * own has a `type`, or ES modules by their syntax. The one of the app around them is not uploaded.
 */
export function provideModuleTypes(code: string, nodeVersion: number): void {
  const inside = `${realpathSync(code)}${sep}`;
  const detects = nodeVersion !== 22 || (process.env['NODE_OPTIONS'] ?? '').includes(DETECTION);
  registerHooks({
    load: (url, context, next) => {
      if (!url.startsWith('file:') || !url.endsWith('.js')) return next(url, context);
      const path = fileURLToPath(url);
      if (!path.startsWith(inside)) return next(url, context);
      const nearest = nearestPackageJson(path);
      const type = nearest === undefined ? undefined : typeIn(nearest);
      const isOwn = nearest?.startsWith(inside) ?? false;
      // Then Node.js does by itself what it does on Lambda.
      if (isOwn ? type !== undefined || detects : type === undefined && detects) return next(url, context);
      const source = readFileSync(path, 'utf8');
      if (detects && hasModuleSyntax(source)) return { format: 'module', source, shortCircuit: true };
      return context.conditions.includes('import')
        ? facade(path)
        : { format: 'commonjs', source, shortCircuit: true };
    },
  });
}

/** The one that Node.js goes by. Its own `findPackageJSON` answers with the module itself where there is none. */
function nearestPackageJson(path: string): string | undefined {
  const folder = dirname(path);
  const candidate = join(folder, 'package.json');
  if (existsSync(candidate)) return candidate;
  const isLast = folder === path || basename(folder) === 'node_modules';
  return isLast ? undefined : nearestPackageJson(folder);
}

function typeIn(packageJson: string): unknown {
  return (JSON.parse(readFileSync(packageJson, 'utf8')) as { readonly type?: unknown }).type;
}

/** As Node.js finds it: what cannot be compiled as CommonJS, because of these. */
function hasModuleSyntax(source: string): boolean {
  if (!/\b(?:import|export)\b/.test(source)) return false;
  try {
    compileFunction(source.replace(/^#!.*/, ''), ['exports', 'require', 'module', '__filename', '__dirname']);
    return false;
  } catch (error) {
    return (
      error instanceof SyntaxError &&
      /^(?:Cannot use (?:import statement|'import\.meta') outside a module|Unexpected token 'export')/.test(
        error.message,
      )
    );
  }
}

/** A CommonJS module as `import` sees it: Node.js itself, asked for it here, looks at the package.json around again. */
function facade(path: string): LoadFnOutput {
  const exported: unknown = createRequire(path)(path);
  const names =
    typeof exported === 'object' && exported !== null
      ? Object.keys(exported).filter((name) => name !== 'default')
      : [];
  const source = [
    `import { createRequire } from 'node:module';`,
    `const exported = createRequire(import.meta.url)(${JSON.stringify(path)});`,
    ...names.map((name, index) => `const value${index} = exported[${JSON.stringify(name)}];`),
    `export { exported as default, exported as 'module.exports' };`,
    ...names.map((name, index) => `export { value${index} as ${JSON.stringify(name)} };`),
  ].join('\n');
  return { format: 'module', source, shortCircuit: true };
}
