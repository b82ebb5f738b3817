import { createRequire, registerHooks, type ResolveFnOutput, type ResolveHookContext } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isNotFound } from './not-found.ts';

/** What Lambda's runtimes ship: the AWS SDK v3 and what it is made of. */
const IN_RUNTIME = /^@(?:aws-sdk|smithy)\/[^/]+/;
/** Those below Node.js 18 ship v2, and here have both. */
const BEFORE_18 = /^(?:@(?:aws-sdk|smithy)\/[^/]+|aws-sdk(?=\/|$))/;

/**
 * Makes this thread's modules find the AWS SDK as on Lambda: first in the function's own folders, then in the runtime,
 * which is what this runner is installed with (PARITY L12).
 */
export function provideRuntimeModules(nodeVersion: number): void {
  const inRuntime = nodeVersion < 18 ? BEFORE_18 : IN_RUNTIME;
  registerHooks({
    resolve: (specifier, context, next) => {
      const packageName = inRuntime.exec(specifier)?.[0];
      // The second look comes through here as well.
      const isSecondLook = context.parentURL === import.meta.url;
      if (packageName === undefined || isSecondLook) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        return resolveHere(packageName, specifier, context, next, error);
      }
    },
  });
}

const require = createRequire(import.meta.url);

function resolveHere(
  packageName: string,
  specifier: string,
  context: ResolveHookContext,
  next: (specifier: string, context: Partial<ResolveHookContext>) => ResolveFnOutput,
  cause: Error & { code: string },
): ResolveFnOutput {
  try {
    if (context.conditions.includes('import'))
      return next(specifier, { ...context, parentURL: import.meta.url });
    // For `require`, Node.js takes no other parent than the module that calls it.
    return { url: pathToFileURL(require.resolve(specifier)).href, shortCircuit: true };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw Object.assign(
      new Error(
        `${packageName} comes with Lambda's runtime, but not with this runner: install it beside the function's code, or bundle it`,
        { cause },
      ),
      { code: cause.code },
    );
  }
}
