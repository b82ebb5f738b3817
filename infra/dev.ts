// `npm start`: synthesizes the stack, runs what it says, and serves the page beside it.
import { join } from 'node:path';
import { type Flags, readFlags, USAGE } from './dev/flags.ts';
import { synthesize } from './dev/synthesize.ts';
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
  print('Synthesizing the stack …');
  await synthesize(project, assembly);
  const runner = await start({ assembly, port, limits: flags.limits, log: print });
  stops.push(() => runner.stop());
  if (runner.ignored.length > 0) print(`Not run here: ${runner.ignored.join(', ')}`);

  const webSocketUrl = runner.endpoints[0]?.webSocketUrl ?? '';
  const lines = [`WebSocket  ${webSocketUrl}`, `terminal   npx wscat -c ${webSocketUrl}`];
  if (flags.web) {
    print('Starting the page …');
    const web = await startWebServer(project, webPort, `http://localhost:${runner.port}`, print);
    stops.push(() => web.stop());
    void web.ended.then(() => end(stopping === undefined ? 1 : 0));
    lines.unshift(`page       ${web.url}`);
  }
  print(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\nCtrl-C ends it.`);
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
