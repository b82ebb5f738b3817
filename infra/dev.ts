// `npm start`: synthesizes the stack, runs what it says, and serves the page beside it.
import { join } from 'node:path';
import { NOT_BUILT, refuseUnbuilt } from './dev/built-page.ts';
import { endWithNpm } from './dev/end-with-npm.ts';
import { type Flags, readFlags, USAGE } from './dev/flags.ts';
import { synthesizeOnChange } from './dev/resynthesize.ts';
import { synthesizeIfChanged } from './dev/synthesize.ts';
import { startWebServer } from './dev/web-server.ts';
import { Command, print } from './local/cli/command.ts';
import { type Opened, openedLines, openedWebSocket } from './local/cli/opened.ts';
import { freePort } from './local/listen.ts';
import type { Runner } from './local/runner.ts';
import { start } from './local/start.ts';
import { notEmulatedLines } from './local/template/not-emulated.ts';

const project = join(import.meta.dirname, '..');
const assembly = join(project, '.local/cdk.out');
const command = new Command();

async function run(flags: Flags): Promise<void> {
  // Before anything is synthesized: these are the person's to mend.
  if (flags.web && flags.production) refuseUnbuilt(project);
  await freePort(flags.port, '--port');
  if (flags.web) await freePort(flags.webPort, '--web-port');
  const [runner, pageUrl] = flags.web && flags.production ? await runWithSite(flags) : await startBoth(flags);
  const pagePort = pageUrl === undefined ? undefined : Number(new URL(pageUrl).port);
  if (pagePort !== undefined) runner.allowPage(pagePort);
  const webSocketUrl = runner.endpoints[0]?.webSocketUrl ?? '';
  const lines = [`WebSocket  ${webSocketUrl}`, `terminal   npx wscat -c ${webSocketUrl}`];
  if (pageUrl !== undefined) lines.unshift(`page       ${pageUrl}`);
  print(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
  const page: Opened[] = pagePort === undefined ? [] : [{ scheme: 'http', port: pagePort, path: '/' }];
  const warning = openedLines(flags.host, [...page, openedWebSocket(webSocketUrl)]);
  if (warning.length > 0) print(`${warning.join('\n')}\n`);
  print('Ctrl-C ends it.');
}

/** The site of the stack in place of the development server. */
async function runWithSite(flags: Flags): Promise<[runner: Runner, pageUrl: string]> {
  const runner = await runStack(flags, flags.webPort);
  const [site] = runner.sites;
  if (site === undefined) throw new Error(NOT_BUILT);
  return [runner, site.url];
}

/** Side by side, because each takes seconds; one after the other when a port is to be picked, which is certain only once it is taken. */
async function startBoth(flags: Flags): Promise<[runner: Runner, pageUrl: string | undefined]> {
  if (flags.web && flags.port !== 0 && flags.webPort !== 0) {
    return Promise.all([runStack(flags), servePage(flags.webPort, flags.port, flags.host)]);
  }
  const runner = await runStack(flags);
  if (!flags.web) return [runner, undefined];
  return [runner, await servePage(await freePort(flags.webPort, '--web-port'), runner.port, flags.host)];
}

async function runStack(flags: Flags, sitePort?: number): Promise<Runner> {
  print('Synthesizing the stack …');
  const changed = await synthesizeIfChanged(project, assembly, flags.context);
  if (!changed) print('It has not changed since the last time: that assembly is run again.');
  const runner = await start({
    assembly,
    port: flags.port,
    sitePort,
    host: flags.host,
    limits: flags.limits,
    faults: flags.faults,
    // As the site's own `config.json` says; the development server has none.
    config: flags.context['auth'] === 'jwt' ? { auth: 'jwt' } : {},
    data: flags.data,
    watch: true,
    log: print,
  });
  command.atEnd(() => runner.stop());
  command.atEnd(await synthesizeOnChange(project, assembly, print, flags.context));
  if (runner.ignored.length > 0) print(`Not run here: ${runner.ignored.join(', ')}`);
  for (const line of notEmulatedLines(runner.notEmulated)) print(line);
  return runner;
}

async function servePage(port: number, runnerPort: number, host: string | undefined): Promise<string> {
  print('Starting the page …');
  const web = await startWebServer({
    project,
    port,
    host,
    runnerUrl: `http://127.0.0.1:${runnerPort}`,
    log: print,
  });
  command.atEnd(() => web.stop());
  void web.ended.then(() => command.end(command.ending ? 0 : 1));
  return web.url;
}

await command.run(async () => {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    print(USAGE);
    return;
  }
  endWithNpm(() => void command.end(1));
  await run(flags);
});
