import { App } from 'aws-cdk-lib';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { Endpoint } from '../local/endpoints.ts';
import type { Runner, StartOptions } from '../local/runner.ts';
import { start } from '../local/start.ts';
import { PROJECT, SYNTHESIS_MS, temporaryFolder } from '../whole-path/assembly.ts';
import type { Finding } from './check.ts';
import { CHECKS } from './checks/all.ts';
import { ConformanceStack } from './conformance-stack.ts';

/** Any will do: the runner does not ask whose they are. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing-of-worth' };

describe('npm run conformance', () => {
  let assembly: string;
  let folder: string;
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
  });

  beforeAll(async () => {
    folder = await temporaryFolder('conformance-');
    assembly = join(folder, 'cdk.out');
    const { context } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8')) as { context: object };
    const app = new App({
      outdir: assembly,
      context: { ...context },
      builtinCloudFormationValidation: false,
    });
    new ConformanceStack(app);
    app.synth();
  }, SYNTHESIS_MS);

  /** The URL of a backend that has the pets of AWS's, and nothing else. */
  async function petStore(): Promise<string> {
    const pets = ['dog 249.99', 'cat 124.99', 'fish 0.99'].map((pet, index) => {
      const [type, price] = pet.split(' ');
      return { id: index + 1, type, price: Number(price) };
    });
    const server = createServer(({ method, url }, response) => {
      const pet = method === 'GET' ? pets.find(({ id }) => url === `/petstore/pets/${id}`) : undefined;
      response.writeHead(pet === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(pet, null, 2));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    undo.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/petstore`;
  }

  /** Starts the runner; the flags that name its URLs. */
  async function run(options: Partial<StartOptions> = {}): Promise<string[]> {
    const parameters = { Backend: await petStore() };
    const runner: Runner = await start({ assembly, parameters, ...options });
    undo.push(() => runner.stop());
    const of = (name: string): Partial<Endpoint> => runner.endpoints.find(({ api }) => api === name) ?? {};
    const { webSocketUrl = '', managementUrl = '' } = of('conformance');
    return [
      ...['--url', webSocketUrl, '--management', managementUrl],
      ...['--selection-url', of('conformance-selection').webSocketUrl ?? ''],
      ...['--authorizer-url', of('conformance-authorizer').webSocketUrl ?? ''],
      ...['--mapping-url', of('conformance-mapping').webSocketUrl ?? ''],
      ...['--signed-url', of('conformance-signed').webSocketUrl ?? ''],
    ];
  }

  /** Runs the command; the code with which it ends, what it says, and the findings that it wrote. */
  async function conformance(flags: readonly string[], env: Readonly<Record<string, string>> = CREDENTIALS) {
    const json = join(folder, 'findings.json');
    await rm(json, { force: true }); // Those of the spec before.
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'conformance.ts'), ...flags, '--json', json],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        // Nobody's profile, and no question to a machine of EC2.
        env: { PATH: process.env['PATH'], HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
      },
    );
    undo.push(() => child.kill('SIGKILL'));
    let said = '';
    for (const output of [child.stdout, child.stderr])
      output.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    const findings = async (): Promise<readonly Finding[]> =>
      (JSON.parse(await readFile(json, 'utf8')) as { findings: readonly Finding[] }).findings;
    return { code, said, findings };
  }

  it('finds every promise kept by the runner', async () => {
    const { code, said, findings } = await conformance(await run());
    const quick = CHECKS.filter(({ slow }) => slow !== true);
    expect((await findings()).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect((await findings()).map(({ row, promise }) => [row, promise])).toEqual(
      quick.map(({ row, promise }) => [row, promise]),
    );
    expect(said).toContain(`${quick.length} pass, 0 fail, 0 unknown`);
    expect(said).not.toContain(CREDENTIALS.AWS_SECRET_ACCESS_KEY);
    expect(code).toBe(0);
  }, 90_000);

  it('finds the slow ones kept too, of a runner with short limits', async () => {
    const urls = await run({ limits: { idleTimeoutMs: 1000, maxDurationMs: 4000 } });
    const rows = ['Q7', 'Q8', 'Q9', 'M9'].flatMap((row) => ['--only', row]);
    const { code, findings } = await conformance([
      ...urls,
      ...rows,
      ...['--slow', '--idle-timeout', '1s', '--max-duration', '4s'],
    ]);
    expect((await findings()).map(({ row, verdict }) => `${row} ${verdict}`)).toEqual([
      ...['Q7 pass', 'Q9 pass', 'Q8 pass'],
      ...['M9 pass', 'M9 pass'],
    ]);
    expect(code).toBe(0);
  }, 60_000);

  it('reports the rows that a runner breaks, those alone, and ends with 1', async () => {
    const urls = await run({ faults: { loseDisconnect: 1 } });
    const rows = ['D1', 'D2', 'Q2', 'M1'].flatMap((row) => ['--only', row]);
    const { code, said, findings } = await conformance([...urls, ...rows, '--patience', '1500ms']);
    const failed = (await findings()).filter(({ verdict }) => verdict === 'fail');
    expect(failed.map(({ row }) => row)).toEqual(['D1', 'D1', 'D1', 'D2']);
    expect(new Set(failed.map(({ seen }) => seen))).toEqual(new Set(['no message within 1500 ms']));
    expect(said).toContain('D2: $disconnect is told: a connection that broke\n  expected  1006 \n');
    expect(code).toBe(1);
  });

  it('reports nearly everything of a server that is nothing like API Gateway', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    undo.push(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.on('message', (data) => socket.send(data));
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, findings } = await conformance([
      ...['--url', `ws://127.0.0.1:${port}/test`, '--management', `http://127.0.0.1:${port}/test`],
      ...['--mapping-url', `ws://127.0.0.1:${port}/test`, '--signed-url', `ws://127.0.0.1:${port}/test`],
      ...['--patience', '500ms'],
    ]);
    const all = await findings();
    const verdicts = (row: string): string[] =>
      all.filter((one) => one.row === row).map(({ verdict }) => verdict);
    expect(verdicts('Q12')).toEqual(['pass']); // Any WebSocket server keeps this.
    expect(verdicts('H7')).toEqual(['fail']);
    expect(verdicts('R7')).toEqual(['fail']);
    expect(verdicts('Q6')).toEqual(['fail']);
    expect(new Set(verdicts('M1'))).toEqual(new Set(['fail']));
    expect(verdicts('H21')).toEqual(['fail', 'pass']);
    for (const row of ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N10', 'N11']) {
      expect(new Set(verdicts(row)))
        .withContext(row)
        .toEqual(new Set(['fail']));
    }
    expect(verdicts('N12')).toEqual(['pass', 'fail']);
    expect(
      all.filter(({ row }) => row.startsWith('A')).map(({ verdict, seen }) => `${verdict}: ${seen}`),
    ).toEqual(Array<string>(9).fill('unknown: needs --authorizer-url'));
    expect(all.filter(({ verdict }) => verdict === 'pass').length).toBeLessThan(12);
    expect(code).toBe(1);
  }, 60_000);

  it('does not know what it could not sign', async () => {
    const { code, findings } = await conformance([...(await run()), '--only', 'M1'], {});
    expect((await findings()).map(({ verdict, seen }) => `${verdict}: ${seen}`)).toEqual(
      Array<string>(4).fill('unknown: needs AWS credentials (for the runner any will do)'),
    );
    expect(code).toBe(0);
  });

  it('asks of rows that PARITY.md has, and does not claim to do otherwise', async () => {
    const parity = await readFile(join(PROJECT, 'infra/local/PARITY.md'), 'utf8');
    const rows = new Map(
      [...parity.matchAll(/^\| ([A-Z]\d+) \|.*\| ([^|]+) \|$/gm)].map(([, row, here]) => [row, here]),
    );
    const unfounded = CHECKS.filter(({ row }) => !/^(yes|default)/.test(rows.get(row) ?? ''));
    expect(unfounded.map(({ row }) => row)).toEqual([]);
  });

  it('says in one sentence what is wrong with its flags, and ends with 2', async () => {
    const { code, said } = await conformance(['--url', 'https://example.com', '--management', 'https://a']);
    expect(said).toBe('--url must be a URL of ws: or wss:, not https://example.com\n');
    expect(code).toBe(2);
    expect((await conformance(['--urll', 'x'])).said).toBe(
      'There is no flag --urll: --help tells which there are\n',
    );
  });

  it('says in one sentence that nobody is there, and finds nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const at = `127.0.0.1:${port}`;
    const { code, said, findings } = await conformance([
      '--url',
      `ws://${at}`,
      '--management',
      `http://${at}`,
    ]);
    expect(said).toBe(`ws://${at} is not there to be asked: connect ECONNREFUSED ${at}\n`);
    expect(code).toBe(2);
    await expectAsync(findings()).toBeRejected();
  });
});
