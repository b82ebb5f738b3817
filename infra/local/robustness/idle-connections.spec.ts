import { once } from 'node:events';
import { WebSocket } from 'ws';
import { runInProcess, type RunnerProcess } from './runner-process.ts';

const CONNECTIONS = 2000;
const AT_ONCE = 50;
const KILOBYTE = 1024;
/** On the heap and in buffers, and of the process as a whole, where compression has its contexts. */
const MOST_HELD = 50 * KILOBYTE;
const MOST_RESIDENT = 120 * KILOBYTE;

const app = {
  functions: { f: { code: `export const handler = async ({ body }) => ({ statusCode: 200, body });` } },
  routes: { $connect: 'f', $default: 'f' },
  twoWay: ['$default'],
};

describe(`${CONNECTIONS} connections`, () => {
  let runner: RunnerProcess;
  const sockets: WebSocket[] = [];
  beforeEach(async () => (runner = await runInProcess(app, { connectionRate: CONNECTIONS })));
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.terminate();
    await runner.remove();
  });

  async function open(perMessageDeflate: boolean): Promise<void> {
    const socket = new WebSocket(runner.webSocketUrl, { perMessageDeflate });
    sockets.push(socket);
    await once(socket, 'open');
  }

  async function inTurn<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
    const waiting = [...all];
    const take = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await act(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
  }

  for (const [what, deflated] of [
    ['of programs', false],
    ['of browsers, which offer compression,', true],
  ] as const) {
    it(`${what} are open at once, each of them answers, and none costs more than ${MOST_RESIDENT / KILOBYTE} KB`, async () => {
      await open(deflated); // The first brings what all of them share.
      const before = await runner.holdings();
      await inTurn(Array<boolean>(CONNECTIONS - 1).fill(deflated), open);
      await inTurn(sockets, async (socket) => {
        const answer = once(socket, 'message') as Promise<[Buffer]>;
        socket.send('are you there?');
        expect(String((await answer)[0])).toBe('are you there?');
      });
      const after = await runner.holdings();
      const grown = (key: 'heapBytes' | 'externalBytes' | 'rssBytes'): number =>
        (after[key] - before[key]) / (CONNECTIONS - 1);
      const [held, resident] = [grown('heapBytes') + grown('externalBytes'), grown('rssBytes')];
      process.stdout.write(
        `${CONNECTIONS} connections ${what} cost ${kilobytes(held)} each, ${kilobytes(resident)} of the process\n`,
      );
      expect(held).toBeLessThan(MOST_HELD);
      expect(resident).toBeLessThan(MOST_RESIDENT);
      expect(after.handles['TCPSocketWrap']).toBe(CONNECTIONS);
    });
  }
});

const kilobytes = (bytes: number): string => `${(bytes / KILOBYTE).toFixed(1)} KB`;
