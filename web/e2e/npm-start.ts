import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { treeOf, survivorsOf } from './processes.ts';
import { publish } from './stack.ts';

const PROJECT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 15_000;

/** Starts what `npm start -- --production` starts, on free ports, before all tests; afterwards ends it the way Ctrl-C does. */
export default async function npmStart(): Promise<() => Promise<void>> {
  const child = spawn(
    process.execPath,
    ['infra/dev/start.js', '--production', '--port', '0', '--web-port', '0'],
    {
      cwd: PROJECT,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A session of its own, so that it can be sent what a terminal sends on Ctrl-C: a signal to the whole group.
      detached: true,
    },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error('npm start could not be started');
  const endGroup = (signal: NodeJS.Signals): boolean => process.kill(-pid, signal);
  const exit = once(child, 'exit').then(([code]: (number | null)[]) => code);

  await mkdir(join(PROJECT, 'test-results'), { recursive: true });
  const log = createWriteStream(join(PROJECT, 'test-results/npm-start.log'));
  const addresses = new Map<string, string>();
  const { promise: ready, resolve: isReady } = Promise.withResolvers<string>();
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      log.write(`${line}\n`);
      const [, what, where] = /^ {2}(page|WebSocket) +(\S+)$/.exec(line) ?? [];
      if (what !== undefined && where !== undefined) addresses.set(what, where);
      if (line === 'Ctrl-C ends it.') isReady('ready');
    });
  }
  const started = await Promise.race([ready, exit, after(START_LIMIT_MS)]);
  if (started !== 'ready') {
    if (child.exitCode === null) endGroup('SIGKILL');
    throw new Error(`npm start did not get ready: ${started ?? 'a signal'}; see test-results/npm-start.log`);
  }
  publish(addresses);

  return async () => {
    if (child.exitCode !== null) throw new Error(`npm start ended by itself with code ${child.exitCode}`);
    const tree = await treeOf(pid);
    endGroup('SIGINT');
    const ended = await Promise.race([exit, after(STOP_LIMIT_MS)]);
    log.end();
    const left = await survivorsOf(tree);
    for (const one of left) process.kill(one.pid, 'SIGKILL');
    const problems = left.map((one) => `left ${one.command} (${one.pid}) running`);
    if (ended !== 0) problems.push(`ended with ${ended ?? 'a signal'}, not with 0`);
    if (problems.length > 0) throw new Error(`After Ctrl-C npm start ${problems.join(', and ')}`);
  };
}

const after = (ms: number): Promise<string> =>
  new Promise((resolve) => setTimeout(resolve, ms, `nothing for ${ms} ms`).unref());
