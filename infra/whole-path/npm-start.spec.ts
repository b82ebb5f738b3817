import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { USAGE } from '../dev/flags.ts';
import { PROJECT } from './assembly.ts';
import { NpmStart } from './npm-start.ts';
import { patiently } from './patience.ts';
import { CAN_SEE_PROCESSES, isLoopback, listenersOf } from './processes.ts';
import { connectTerminal } from './raw-client.ts';
import { undoing } from './undoing.ts';
import { until } from './until.ts';
import { Wscat } from './wscat.ts';

/** What is told to end may take a moment: a process is there until it is not. */
const GONE_MS = 2000;

describe('npm start', () => {
  patiently();
  const undo = undoing();

  beforeEach(() => {
    if (!CAN_SEE_PROCESSES) pending('whether a process is left is seen in /proc, which is on Linux only');
  });

  function npmStart(...flags: readonly string[]): NpmStart {
    return cleared(new NpmStart(flags));
  }
  function cleared(started: NpmStart): NpmStart {
    undo(() => started.clear());
    return started;
  }
  async function expectNothingLeft(started: NpmStart): Promise<void> {
    await until(
      () => `no process to be left, but there are ${started.processes.join()}`,
      () => started.processes.length === 0,
      GONE_MS,
    );
  }
  async function takePort(): Promise<string> {
    const server: Server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    undo(() => server.close());
    const address = server.address();
    return String(address !== null && typeof address === 'object' ? address.port : '');
  }

  it('without the page prints a WebSocket URL and a wscat line that work, and ends by Ctrl-C', async () => {
    const started = npmStart('--no-web', '--port', '0');
    const url = await started.prints(/^ {2}WebSocket {2}(ws:\S+)$/m);
    expect(url).toMatch(/^ws:\/\/localhost:\d+\/dev$/);
    const command = await started.prints(/^ {2}terminal {3}(.+)$/m);
    expect(command).toBe(`npx wscat -c ${url}`);
    await started.prints(/^Ctrl-C ends it\.$/m);
    expect(started.output).not.toContain('page');

    const wscat = new Wscat(command.replace('npx wscat -c ', ''));
    undo(() => wscat.end());
    await wscat.shows(/^> $/m);
    wscat.type('{"action":"sendMessageRoute"}');
    await wscat.shows(/^< YOUR ID: (.+)$/m);
    const config = await fetch(url.replace('ws:', 'http:').replace('/dev', '/config.json'));
    expect(await config.json()).toEqual({ webSocketUrl: url, local: '_local/' });

    started.pressCtrlC();
    expect(await started.exitCode()).toBe(0);
    await expectNothingLeft(started);
    expect(started.errors).toBe('');
  });

  it('with the page serves it with its config.json, on loopback only, and ends by SIGTERM with the web server', async () => {
    const started = npmStart('--port', '0', '--web-port', '0');
    const page = await started.prints(/^ {2}page {7}(http:\S+)$/m);
    const url = await started.prints(/^ {2}WebSocket {2}(ws:\S+)$/m);

    const response = await fetch(page);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<app-root');
    const config = await fetch(new URL('/config.json', page));
    expect(await config.json()).toEqual({ webSocketUrl: url, local: '_local/' });
    const stream = await fetch(new URL('/_local/stream', page));
    const told = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const { client, id } = await connectTerminal(url);
    expect(id).not.toBe('');
    let seen = '';
    while (!seen.includes('event: opened')) seen += (await told?.read())?.value ?? '';
    await told?.cancel();
    const stranger = await fetch(new URL('/_local/faults', page), {
      headers: { origin: 'http://attacker.example' },
    });
    expect(stranger.status).toBe(403);

    const { processes } = started;
    expect(processes.length).toBeGreaterThan(1);
    const listeners = listenersOf(processes);
    for (const { port } of [new URL(page), new URL(url)]) {
      const hexadecimal = Number(port).toString(16).toUpperCase().padStart(4, '0');
      expect(listeners).toContain(`0100007F:${hexadecimal}`);
    }
    expect(listeners.filter((address) => !isLoopback(address))).toEqual([]);

    started.end('SIGTERM');
    expect(await started.exitCode()).toBe(0);
    await expectNothingLeft(started);
    expect((await client.ended()).code).toBe(1006);
  });

  it('leaves nothing behind when it is killed', async () => {
    const started = npmStart('--port', '0', '--web-port', '0');
    await started.prints(/^ {2}page {7}(http:\S+)$/m);
    expect(started.processes.length).toBeGreaterThan(1);
    started.end('SIGKILL');
    expect(await started.exitCode()).toBe('killed');
    await expectNothingLeft(started);
  });

  for (const [signal, ...flags] of [
    ['SIGTERM', '--no-web'],
    ['SIGKILL', '--web-port', '0'],
  ] as const) {
    it(`ends with npm, when ${signal} is told to npm alone`, async () => {
      const started = cleared(new NpmStart(['--port', '0', ...flags], true));
      await started.prints(/^Ctrl-C ends it\.$/m);
      const [npm] = started.processes;
      started.end(signal);
      await expectNothingLeft(started);
      expect(npm).toBeGreaterThan(0);
    });
  }

  it('lets others reach it with --host, tells how, and keeps /_local to itself [X14]', async () => {
    const started = npmStart('--port', '0', '--web-port', '0', '--host=127.0.0.2');
    const page = await started.prints(/^ {2}(http:\/\/127\.0\.0\.2:\d+\/)$/m);
    const url = await started.prints(/^ {2}(ws:\/\/127\.0\.0\.2:\d+\/dev)$/m);
    expect(started.output).toContain('WARNING Everyone who reaches this machine');
    const config = await fetch(new URL('/config.json', page));
    expect(await config.json()).toEqual({ webSocketUrl: url });
    expect((await fetch(new URL('/_local/faults', page))).status).toBe(403);
    const { id } = await connectTerminal(url);
    expect(id).not.toBe('');
  });

  it('ends while it synthesizes as well, and nothing goes on behind its back', async () => {
    // Without this mark it cannot know that nothing has changed.
    await rm(join(PROJECT, '.local/cdk.out/.fingerprint'), { force: true });
    const started = npmStart('--no-web', '--port', '0');
    await started.prints(/Synthesizing/);
    await until('the synthesis to begin', () => started.processes.length > 1);
    started.end('SIGTERM');
    expect(await started.exitCode()).toBe(0);
    await expectNothingLeft(started);
  });

  for (const [flag, other] of [
    ['--port', '--web-port'],
    ['--web-port', '--port'],
  ] as const) {
    it(`says in one line that the port of ${flag} is taken, before it starts anything`, async () => {
      const port = await takePort();
      const started = npmStart(flag, port, other, '0');
      expect(await started.exitCode()).toBe(1);
      expect(started.errors).toBe(
        `Port ${port} is taken: choose another with ${flag}, or 0 for any free one\n`,
      );
      expect(started.output).toBe('');
      await expectNothingLeft(started);
    });
  }

  it('says what is wrong with a flag and starts nothing', async () => {
    const started = npmStart('--port', '70000');
    expect(await started.exitCode()).toBe(1);
    expect(started.errors).toBe('--port must be a port from 0 to 65535, not 70000\n');
    expect(started.output).toBe('');
  });

  it('tells its flags when it is asked for help', async () => {
    const started = npmStart('--help');
    expect(await started.exitCode()).toBe(0);
    expect(started.output).toBe(`${USAGE}\n`);
  });
});
