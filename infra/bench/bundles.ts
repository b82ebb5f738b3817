import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '../local/template/assembly.ts';
import { Stack } from '../local/template/stack.ts';
import { readApis } from '../local/gateway/api.ts';
import { environmentOf } from '../local/lambda/environment.ts';
import { findFunction } from '../local/lambda/function.ts';

/** A function's code as it would be uploaded. */
export interface Bundle {
  readonly name: string;
  readonly bytes: number;
  /** Median time of loading the module in a new process, in milliseconds. */
  readonly loadMs: number;
}

const RUNS = 5;

/** Size and load time of every function that the assembly's routes call. */
export async function measureBundles(assembly: string): Promise<Bundle[]> {
  const stacks = (await readAssembly(assembly)).map((template) => new Stack(template));
  const functions = readApis(stacks)
    .flatMap(({ routes }) => [...routes.values()])
    .flatMap(({ integration: { caller } }) => (caller && findFunction(stacks, caller.functionArn)) ?? []);
  return functions.map((lambda) => {
    const { name, code, handler } = lambda;
    const path = join(code, `${handler.slice(0, handler.lastIndexOf('.'))}.mjs`);
    const times = Array.from({ length: RUNS }, () => loadTime(path, environmentOf(lambda))).sort(
      (left, right) => left - right,
    );
    return { name, bytes: statSync(path).size, loadMs: times[Math.floor(RUNS / 2)] ?? NaN };
  });
}

function loadTime(path: string, environment: Readonly<Record<string, string>>): number {
  const script =
    'const from = performance.now(); await import(process.argv[1]); console.log(performance.now() - from)';
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script, path], {
    env: environment,
    encoding: 'utf8',
  });
  return Number(output);
}
