// Runs the WebSocket APIs of any CDK app: of an assembly that `cdk synth` has written.
import { type Flags, readFlags, USAGE } from './cli/flags.ts';
import { type Runner, start } from './start.ts';
import { notEmulatedLines } from './template/not-emulated.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

let runner: Runner | undefined;
async function end(code: number): Promise<void> {
  await runner?.stop();
  process.exit(code);
}

async function run(flags: Flags): Promise<void> {
  runner = await start({ ...flags, watch: true, log: print });
  if (runner.ignored.length > 0) print(`Not run here: ${runner.ignored.join(', ')}`);
  for (const line of notEmulatedLines(runner.notEmulated)) print(line);
  for (const { api, stage, webSocketUrl, managementUrl } of runner.endpoints) {
    print(`\n${api}, stage ${stage}`);
    print(`  WebSocket     ${webSocketUrl}`);
    print(`  @connections  ${managementUrl}`);
    print(`  terminal      npx wscat -c ${webSocketUrl}`);
  }
  print('\nCtrl-C ends it.');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

try {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) print(USAGE);
  else await run(flags);
} catch (error) {
  // What can go wrong here is the person's to mend (a flag, a port, the template): say it without a stack trace.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await end(1);
}
