import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../local/template/assembly.ts';
import { Stack } from '../local/template/stack.ts';
import { readApis } from '../local/gateway/api.ts';
import { environmentOf } from '../local/lambda/environment.ts';
import { findFunction } from '../local/lambda/function.ts';
import { bundlePlainly } from './plain-bundle.ts';

/** Code as it would be uploaded. */
export interface Bundle {
  readonly bytes: number;
  /** Median time of loading the module in a new process, in milliseconds. */
  readonly loadMs: number;
}

/** A function, and what it would be with the AWS SDK as it comes. */
export interface Compared {
  readonly name: string;
  readonly bundle: Bundle;
  readonly plain: Bundle;
}

const RUNS = 9;

/** Size and load time of every function that the assembly's routes call. */
export async function measureBundles(assembly: string): Promise<Compared[]> {
  const stacks = (await readAssembly(assembly)).map((template) => new Stack(template));
  const functions = readApis(stacks)
    .flatMap(({ routes }) => [...routes.values()])
    .flatMap(({ integration: { caller } }) => (caller && findFunction(stacks, caller.functionArn)) ?? []);
  const folder = await mkdtemp(join(tmpdir(), 'plain-bundles-'));
  try {
    const compared: Compared[] = [];
    for (const lambda of functions) {
      const { name, code, handler } = lambda;
      const path = join(code, `${handler.slice(0, handler.lastIndexOf('.'))}.mjs`);
      const plain = await bundlePlainly(name.slice(name.lastIndexOf('-') + 1), folder);
      compared.push({ name, ...measure(path, plain, environmentOf(lambda)) });
    }
    return compared;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Loads the two by turns, so that a machine that slows down meanwhile slows both. */
function measure(path: string, plainPath: string, environment: Readonly<Record<string, string>>) {
  const times: number[] = [];
  const plainTimes: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    times.push(loadTime(path, environment));
    plainTimes.push(loadTime(plainPath, environment));
  }
  return {
    bundle: { bytes: statSync(path).size, loadMs: median(times) },
    plain: { bytes: statSync(plainPath).size, loadMs: median(plainTimes) },
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;

function loadTime(path: string, environment: Readonly<Record<string, string>>): number {
  const script =
    'const from = performance.now(); await import(process.argv[1]); console.log(performance.now() - from)';
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script, path], {
    env: environment,
    encoding: 'utf8',
  });
  return Number(output);
}
