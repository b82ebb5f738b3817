// `npm start`: synthesizes the stack, runs what it says, and serves the page beside it.
import { join } from 'node:path';
import { type Flags, readFlags, USAGE } from './dev/flags.ts';
import { synthesizeIfChanged } from './dev/synthesize.ts';
import { freePort, startWebServer } from './dev/web-server.ts';
import { start } from './local/start.ts';

const project = join(import.meta.dirname, '..');
const assembly = join(project, '.local/cdk.out');
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;
const stop = (): Promise<void> =>
  (stopping ??= (async () => {
    for (const one of stops.reverse()) await one();
  })());

async function run(flags: Flags): Promise<void> {
  const webPort = flags.web ? await freePort(flags.webPort, '--web-port') : 0;
  const port = await freePort(flags.port, '--port');
  // Side by side: each takes seconds, and the page asks for the runner only once somebody opens it.
  const [webSocketUrl, pageUrl] = await Promise.all([
    runStack(flags, port),
    flags.web ? servePage(webPort, `http://localhost:${port}`) : undefined,
  ]);
  const lines = [`WebSocket  ${webSocketUrl}`, `terminal   npx wscat -c ${webSocketUrl}`];
  if (pageUrl !== undefined) lines.unshift(`page       ${pageUrl}`);
  print(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\nCtrl-C ends it.`);
}

async function runStack(flags: Flags, port: number): Promise<string> {
  print('Synthesizing the stack …');
  const changed = await synthesizeIfChanged(project, assembly);
  if (!changed) print('It has not changed since the last time: that assembly is run again.');
  const runner = await start({ assembly, port, limits: flags.limits, log: print });
  stops.push(() => runner.stop());
  if (runner.ignored.length > 0) print(`Not run here: ${runner.ignored.join(', ')}`);
  return runner.endpoints[0]?.webSocketUrl ?? '';
}

async function servePage(port: number, runnerUrl: string): Promise<string> {
  print('Starting the page …');
  const web = await startWebServer(project, port, runnerUrl, print);
  stops.push(() => web.stop());
  void web.ended.then(() => end(stopping === undefined ? 1 : 0));
  return web.url;
}

async function end(code: number): Promise<void> {
  await stop();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

try {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) print(USAGE);
  else await run(flags);
} catch (error) {
  // What can go wrong here is the person's to mend (a flag, a port, the stack): say it without a stack trace.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}
