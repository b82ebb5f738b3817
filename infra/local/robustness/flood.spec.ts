import { once } from 'node:events';
import { WebSocket } from 'ws';
import { runInProcess, type RunnerProcess } from './runner-process.ts';

const MEGABYTE = 1024 * 1024;
const FRAME = 32 * 1024;
/** 128 MB, in less than the burst that an account may send. */
const FRAMES = 4096;

const SLOW = `export const handler = () => new Promise((answer) => setTimeout(() => answer({ statusCode: 200 }), 4000));`;
const app = { functions: { f: { code: SLOW } }, routes: { $default: 'f' } };

describe('A client that sends faster than the function works', () => {
  let runner: RunnerProcess;
  const sockets: WebSocket[] = [];
  beforeEach(async () => (runner = await runInProcess(app)));
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await runner.remove();
  });

  it('[L20] is told so when 32 MB wait, and costs no more than those and what they were made of', async () => {
    const before = await runner.holdings();
    const socket = new WebSocket(runner.webSocketUrl, { perMessageDeflate: false });
    sockets.push(socket);
    await once(socket, 'open');
    const refused = once(socket, 'message') as Promise<[Buffer]>;
    const frame = 'x'.repeat(FRAME);
    for (let sent = 0; sent < FRAMES; sent++) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      socket.send(frame, () => resolve(undefined));
      await promise;
    }
    expect(String((await refused)[0])).toMatch(/^\{"message": "Internal server error", /);
    socket.ping();
    await once(socket, 'pong'); // What was sent before it has been taken.
    const { heapBytes, externalBytes } = await runner.holdings();
    const grown = heapBytes + externalBytes - before.heapBytes - before.externalBytes;
    expect(grown).toBeGreaterThan(16 * MEGABYTE);
    expect(grown).toBeLessThan(96 * MEGABYTE);
  });
});
