// A process that runs an assembly and tells, when it is asked, what it holds: the specs beside it must not count their own.
import type { Worker } from 'node:worker_threads';
import { start } from '../start.ts';
import type { Holdings, HostReport, HostRequest, HostSetup } from './messages.ts';

const [, , setup = '{}'] = process.argv;
const { assembly, limits } = JSON.parse(setup) as HostSetup;

const workers = new Set<Worker>();
process.on('worker', (worker) => {
  workers.add(worker);
  worker.once('exit', () => workers.delete(worker));
});
const complaints: string[] = [];
process.on('warning', (warning) => complaints.push(String(warning)));

/** A mistake of the runner's own, and not of a function: `gateway TypeError: …`. */
const OWN_MISTAKE = /^gateway \w*Error\b/;

const runner = await start({
  assembly,
  limits,
  log: (line) => {
    if (OWN_MISTAKE.test(line)) complaints.push(line);
  },
});

const tell = (report: HostReport): void => void process.send?.(report);

async function holdings(): Promise<Holdings> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('start it with --expose-gc');
  // Twice: what has a finalizer goes with the second.
  for (let round = 0; round < 2; round++) {
    gc();
    await new Promise(setImmediate);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const handles: Record<string, number> = {};
  for (const type of process.getActiveResourcesInfo()) handles[type] = (handles[type] ?? 0) + 1;
  return {
    workers: workers.size,
    handles,
    heapBytes: heapUsed,
    externalBytes: external,
    rssBytes: rss,
    complaints,
  };
}

process.on('message', (request: HostRequest) => {
  void (async () => {
    if (request === 'stop') await runner.stop();
    tell({ type: 'holdings', holdings: await holdings() });
    // Nothing may be left that keeps the process alive.
    if (request === 'stop') process.disconnect();
  })();
});

const { webSocketUrl = '', managementUrl = '' } = runner.endpoints[0] ?? {};
tell({ type: 'ready', port: runner.port, webSocketUrl, managementUrl });
