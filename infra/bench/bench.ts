// `npm run bench`: the local runner against a bare forwarder, in one run on one machine. The generator shares the processors.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Bundle, measureBundles } from './bundles.ts';
import { connectMany, exchange, firstAnswer } from './load.ts';
import { startTarget, type Target } from './target.ts';

const IN_FLIGHT = 8;
const SECONDS = 4;
/** Until V8 has compiled what is measured: a runner that has just been started is slower. */
const WARM_UP_SECONDS = 8;
const CONNECTIONS = 500;

/** What is measured is how fast the runner is, not how much a connection may send. */
const UNFENCED = ['frameRate', 'frameBurst', 'rateLimit', 'burstLimit'].flatMap((name) => [
  '-c',
  `${name}=100000`,
]);

const root = join(import.meta.dirname, '../..');
const print = (line = ''): void => void process.stdout.write(`${line}\n`);

async function measure(target: Target): Promise<Record<string, number>> {
  await firstAnswer(target.url);
  const figures: Record<string, number> = {
    'command to first answer, s': (performance.now() - target.startedAt) / 1000,
  };
  const first = await exchange(target.url, 10, IN_FLIGHT, WARM_UP_SECONDS);
  figures[`10 pairs, the first ${WARM_UP_SECONDS} s: delivered per second`] = first.perSecond;
  await target.quiet();
  const alone = await exchange(target.url, 1, 1, SECONDS);
  figures['one pair, one in flight: A to B p50, ms'] = alone.p50;
  figures['one pair, one in flight: A to B p99, ms'] = alone.p99;
  let lost = first.lost + alone.lost;
  for (const pairs of [1, 10, 50]) {
    const traffic = await exchange(target.url, pairs, IN_FLIGHT, SECONDS);
    const load = `${pairs} pair${pairs === 1 ? '' : 's'}, ${IN_FLIGHT} in flight each`;
    figures[`${load}: delivered per second`] = traffic.perSecond;
    figures[`${load}: p50, ms`] = traffic.p50;
    lost += traffic.lost;
  }
  figures['lost'] = lost;
  const memory = target.memoryMb();
  if (memory !== undefined) figures['memory of all processes afterwards, MB'] = memory;
  // The 110 connections of the pairs have just been left, and each is a $disconnect.
  await target.quiet();
  figures[`${CONNECTIONS} connections opened at once, s`] = await connectMany(target.url, CONNECTIONS);
  return figures;
}

/** What `npm start` gives Node.js. */
function npmStart(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' ').slice(1);
}

async function measureOne(name: string, command: readonly string[]): Promise<Record<string, number>> {
  const target = await startTarget(name, command);
  try {
    return await measure(target);
  } finally {
    await target.stop();
  }
}

const shown = (value: number | undefined): string =>
  (value === undefined ? '' : value.toFixed(value < 10 ? 2 : 0)).padStart(10);

print(
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node.js ${process.version}; the load generator runs on the same processors.\n`,
);
const bare = await measureOne('bare forwarder', [join(root, 'infra/bench/forwarder.ts')]);
const command = [...npmStart(), '--no-web', '--port', '0', ...UNFENCED];
// A first start synthesizes and compiles, and keeps both; what is measured is every later one.
const first = await startTarget('local runner', command);
await firstAnswer(first.url);
await first.stop();
const runner = await measureOne('local runner', command);
print(`${''.padEnd(52)}${'runner'.padStart(10)}${'bare ws'.padStart(10)}${'ratio'.padStart(10)}`);
for (const [figure, value] of Object.entries(runner)) {
  const other = bare[figure];
  const ratio = other === undefined || other === 0 ? undefined : value / other;
  print(`${figure.padEnd(52)}${shown(value)}${shown(other)}${shown(ratio)}`);
}

print(
  '\nFunctions: size of the bundle, and time to load it in a new process; the same with the AWS SDK as it comes',
);
const size = ({ bytes, loadMs }: Bundle): string =>
  `${String(bytes).padStart(10)} B${loadMs.toFixed(0).padStart(6)} ms`;
for (const { name, bundle, plain } of await measureBundles(join(root, '.local/cdk.out'))) {
  print(`${name.padEnd(40)}${size(bundle)}${size(plain)}`);
}
