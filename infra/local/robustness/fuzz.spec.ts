import fc from 'fast-check';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { FRAME_INPUTS } from './frame-inputs.ts';
import { HTTP_INPUTS } from './http-inputs.ts';
import type { Input } from './input.ts';
import type { Holdings } from './messages.ts';
import { runInProcess, type RunnerProcess } from './runner-process.ts';
import { throwInput, type Vanished } from './throw-input.ts';

const INPUTS = 24_000;
/** So many are made by one seed: a failure is made again from few. */
const BATCH = 200;
const AT_ONCE = 50;
/** The first inputs fill caches and start what is started once. */
const WARM_UP_BATCHES = 10;
const SLOW_CLIENTS = 200;
/** A machine with many processors may have started some more of them; some 40 have ended since the warm-up. */
const MORE_WORKERS = 8;
/** What looks again after a while, looks again after less. */
const LONGER_THAN_ITS_TIMERS_MS = 400;
const MEGABYTE = 1024 * 1024;
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const input = fc.oneof(
  { weight: 1, arbitrary: fc.oneof(...HTTP_INPUTS) },
  { weight: 1, arbitrary: fc.oneof(...FRAME_INPUTS) },
);

const HANDLER = `export const handler = async ({ requestContext: { routeKey }, body = '' }) => {
  if (routeKey === 'exit') process.exit(1);
  if (routeKey === 'throw') throw new Error('thrown');
  if (routeKey === 'wrong') return { statusCode: 200, other: 1 };
  if (routeKey !== 'nothing') return { statusCode: 200, body: String(body.length) };
};`;
const app = {
  functions: { f: { code: HANDLER } },
  routes: { $connect: 'f', $disconnect: 'f', $default: 'f', exit: 'f', throw: 'f', nothing: 'f', wrong: 'f' },
  twoWay: ['$default', 'nothing'],
};

describe(`${INPUTS} inputs that no client should send (FUZZ_SEED=${SEED} makes the same ones again)`, () => {
  let runner: RunnerProcess;
  const vanished: Vanished[] = [];
  beforeAll(async () => (runner = await runInProcess(app, { idleTimeoutMs: 2000, connectionRate: INPUTS })));
  afterAll(async () => {
    for (const { socket } of vanished) socket.destroy();
    await runner.remove();
  });

  it('[H30] are answered or refused, leave nothing behind, and do not keep it from stopping', async () => {
    const wrong: string[] = [];
    for (let batch = 0; batch < WARM_UP_BATCHES; batch++) wrong.push(...(await throwBatch(batch)));
    for (const { socket } of vanished.splice(0)) socket.destroy();
    const before = await atRest();
    const slow = slowClients(SLOW_CLIENTS, runner.port);
    for (let batch = WARM_UP_BATCHES; batch < INPUTS / BATCH && wrong.length === 0; batch++) {
      wrong.push(...(await throwBatch(batch)));
      await expectService();
    }
    expect(wrong).toEqual([]);
    expect(await slow.answers).toEqual(Array<string>(SLOW_CLIENTS).fill('HTTP/1.1 408 Request Timeout')); // PARITY H30

    const after = await atRest();
    expect(after.workers).toBeLessThanOrEqual(before.workers + MORE_WORKERS);
    for (const [type, count] of Object.entries(withoutWorkers(after))) {
      // Fewer may be left: a timer that was about to end counted before.
      expect(count)
        .withContext(type)
        .toBeLessThanOrEqual(before.handles[type] ?? 0);
    }
    expect(after.heapBytes - before.heapBytes).toBeLessThan(6 * MEGABYTE);
    expect(after.externalBytes - before.externalBytes).toBeLessThan(6 * MEGABYTE);
    expect(after.complaints).toEqual([]);
    expect(await openConnections()).toEqual([]);
    await expectService();

    const { holdings, exitCode } = await runner.stop();
    expect(holdings.workers).toBe(0);
    expect(Object.keys(holdings.handles).filter((type) => type !== 'PipeWrap')).toEqual([]);
    expect(exitCode).toBe(0);
  }, 120_000);

  async function throwBatch(batch: number): Promise<string[]> {
    const inputs = fc.sample(input, { seed: SEED + batch, numRuns: BATCH });
    const wrong: string[] = [];
    const take = async (): Promise<void> => {
      for (let next = inputs.pop(); next !== undefined; next = inputs.pop()) {
        const trouble = await throwInput(next, runner.port, vanished);
        if (trouble !== undefined) wrong.push(`${describeInput(next)} of batch ${batch}: ${trouble}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
    return wrong;
  }

  /** A new client is served as ever. */
  async function expectService(): Promise<void> {
    const socket = new WebSocket(runner.webSocketUrl);
    const answer = await new Promise<string>((resolve, reject) => {
      socket.once('open', () => socket.send('hello'));
      socket.once('message', (data: Buffer) => resolve(data.toString()));
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    });
    expect(answer).toBe('5');
    socket.terminate();
  }

  const openConnections = async (): Promise<unknown> =>
    (
      await fetch(`http://localhost:${runner.port}/_local/connections`, { headers: { connection: 'close' } })
    ).json();

  /**
   * What the runner holds when every client is gone, those too that only vanished: with a WebSocket, when it has been idle
   * and its close frame was not answered, the runner ends the socket itself.
   */
  async function atRest(): Promise<Holdings> {
    while (vanished.some(({ upgraded, socket }) => upgraded && !socket.readableEnded)) await pause(100);
    for (const { socket } of vanished.splice(0)) socket.destroy();
    let [earlier, holdings] = ['', await runner.holdings()];
    // Until no socket is left, and nothing is under way any more: the last `$disconnect` events.
    while ((holdings.handles['TCPSocketWrap'] ?? 0) > 0 || JSON.stringify(holdings.handles) !== earlier) {
      earlier = JSON.stringify(holdings.handles);
      await pause(LONGER_THAN_ITS_TIMERS_MS);
      holdings = await runner.holdings();
    }
    return holdings;
  }
});

/** Clients that send a header every so often and never come to an end. */
function slowClients(count: number, port: number): { readonly answers: Promise<string[]> } {
  const answers = Array.from({ length: count }, (_, index) => {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    const { promise, resolve } = Promise.withResolvers<string>();
    let heard = '';
    socket.on('data', (text: string) => (heard += text));
    socket.on('error', () => undefined);
    // Every other one never says anything at all.
    if (index % 2 === 0) socket.write('GET /test HTTP/1.1\r\n');
    const dripping = setInterval(() => index % 2 === 0 && socket.write('X-Slow: 1\r\n'), 500);
    socket.once('close', () => {
      clearInterval(dripping);
      resolve(heard.slice(0, heard.indexOf('\r\n')));
    });
    return promise;
  });
  return { answers: Promise.all(answers) };
}

/** What keeps the process alive beside its workers, whose ports come and go with them. */
const withoutWorkers = ({ handles }: Holdings): Record<string, number> =>
  Object.fromEntries(Object.entries(handles).filter(([type]) => type !== 'MessagePort'));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const describeInput = ({ kind, ending, writes }: Input): string =>
  `${kind}, ${ending}: ${writes.map((bytes) => JSON.stringify(bytes.subarray(0, 200).toString('latin1'))).join(' + ')}`;
