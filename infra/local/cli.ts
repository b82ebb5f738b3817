#!/usr/bin/env node
// Runs the WebSocket APIs of any app: of an assembly that `cdk synth` has written, or of a template.
import { Command, print } from './cli/command.ts';
import { readFlags, refuseMissing, USAGE } from './cli/flags.ts';
import { type Opened, openedLines, openedWebSocket } from './cli/opened.ts';
import { start } from './start.ts';
import { notEmulatedLines } from './template/not-emulated.ts';

const command = new Command();
await command.run(async () => {
  // npm only warns of an older one, on which all kinds of things fail.
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new Error(`Node.js 24.15 or later is needed; this is ${process.version}`);
  }
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    print(USAGE);
    return;
  }
  refuseMissing(flags);
  const runner = await start({ ...flags, watch: true, log: print });
  command.atEnd(() => runner.stop());
  if (runner.ignored.length > 0) print(`Not run here: ${runner.ignored.join(', ')}`);
  for (const line of notEmulatedLines(runner.notEmulated)) print(line);
  for (const { api, stage, webSocketUrl, managementUrl } of runner.endpoints) {
    print(`\n${api}, stage ${stage}`);
    print(`  WebSocket     ${webSocketUrl}`);
    print(`  @connections  ${managementUrl}`);
    print(`  terminal      npx wscat -c ${webSocketUrl}`);
  }
  for (const { logicalId, url } of runner.sites) print(`\n${logicalId}\n  site          ${url}`);
  const opened: Opened[] = [
    ...runner.sites.map(({ port }): Opened => ({ scheme: 'http', port, path: '/' })),
    ...runner.endpoints.map(({ webSocketUrl }) => openedWebSocket(webSocketUrl)),
  ];
  for (const line of openedLines(flags.host, opened)) print(line);
  print('\nCtrl-C ends it.');
});
