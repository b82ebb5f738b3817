import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Check } from '../check.ts';
import type { Endpoint } from '../endpoint.ts';
import { endingOf, observed } from '../observed.ts';

const FRAME = 32_768;
const asked = (action: string, length: number): string => {
  const head = `{"action":"${action}","data":"`;
  return `${head}${'x'.repeat(length - head.length - 2)}"}`;
};

/** Sends a message in frames of at most 32 KB. */
function fragments(socket: WebSocket, message: string): void {
  for (let at = 0; at < message.length; at += FRAME)
    socket.send(message.slice(at, at + FRAME), { fin: at + FRAME >= message.length });
}

const closing = (
  row: string,
  promise: string,
  act: (socket: WebSocket) => void,
  expected: string | RegExp,
): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => {
    const visitor = await endpoint.visit();
    act(visitor.socket);
    return visitor.closed();
  },
});

const told = (
  row: string,
  promise: string,
  leave: (socket: WebSocket, endpoint: Endpoint, id: string) => unknown,
  expected: string | RegExp,
): Check => ({
  row,
  promise: `$disconnect is told: ${promise}`,
  expected,
  see: async (endpoint) => {
    const { disconnected } = await observed(endpoint);
    return endingOf(
      await disconnected(async (visitor) => leave(visitor.socket, endpoint, await visitor.id())),
    );
  },
});

export const LIMITS: readonly Check[] = [
  {
    row: 'Q2',
    promise: 'a frame of 32,768 bytes is taken',
    expected: '32768',
    see: async (endpoint) => (await endpoint.visit()).ask(asked('length', FRAME)),
  },
  closing(
    'Q2',
    'a frame of 32,769 bytes closes',
    (socket) => socket.send(asked('length', FRAME + 1)),
    '1009 Max frame length of 32768 has been exceeded.',
  ),
  {
    row: 'Q3',
    promise: 'a message of several frames may have 128 KB',
    expected: '131072',
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      fragments(visitor.socket, asked('length', 4 * FRAME));
      return visitor.next();
    },
  },
  closing(
    'Q3',
    'a message of more than 128 KB closes',
    (socket) => fragments(socket, asked('length', 4 * FRAME + 1)),
    /^1009 /,
  ),
  {
    row: 'Q5',
    promise: 'with permessage-deflate the bytes on the wire count',
    expected: '65536',
    see: async (endpoint) => {
      const visitor = await endpoint.visit({ options: { perMessageDeflate: { threshold: 0 } } });
      return visitor.ask(asked('length', 2 * FRAME));
    },
  },
  closing('Q6', 'a binary frame closes', (socket) => socket.send(Buffer.from([1, 2, 3])), /^1003 /),
  {
    row: 'Q10',
    promise: 'a ping is answered',
    expected: 'pong with its bytes',
    see: async (endpoint) => {
      const visitor = await endpoint.visit();
      const pong = once(visitor.socket, 'pong', {
        signal: AbortSignal.timeout(endpoint.settings.patienceMs),
      }) as Promise<[Buffer]>;
      visitor.socket.ping('abc');
      const [bytes] = await pong;
      return bytes.toString() === 'abc' ? 'pong with its bytes' : `pong with ${bytes.toString('hex')}`;
    },
  },
  closing(
    'Q12',
    'bytes that are not UTF-8 close',
    (socket) => socket.send(Buffer.from([0xc3, 0x28]), { binary: false }),
    /^1007 /,
  ),
  told(
    'D1',
    'a close without a code',
    (socket) => socket.close(),
    '1005 Client-side close frame status not set',
  ),
  told('D1', "the client's own code and reason", (socket) => socket.close(4001, 'done'), '4001 done'),
  told(
    'D1',
    'a close by DELETE',
    (_, { management }, id) => management.delete(id),
    '1000 Connection Closed Normally',
  ),
  told('D2', 'a connection that broke', (socket) => socket.terminate(), '1006 '),
  {
    row: 'Q7',
    promise: 'a connection without traffic is closed',
    expected: '1001 Going away',
    slow: true,
    see: async (endpoint) => (await endpoint.visit()).closed(later(endpoint.settings.idleTimeoutMs)),
  },
  {
    row: 'Q9',
    promise: 'posts keep a connection open',
    expected: 'open after the idle time',
    slow: true,
    see: async (endpoint) => {
      const { idleTimeoutMs } = endpoint.settings;
      const visitor = await endpoint.visit();
      const id = await visitor.id();
      const before = performance.now();
      while (performance.now() - before < idleTimeoutMs * 1.5) {
        await delay(idleTimeoutMs / 4);
        const { status } = await endpoint.management.post(id, 'still there?');
        if (status !== 200) return `${status} after ${Math.round((performance.now() - before) / 1000)} s`;
      }
      return 'open after the idle time';
    },
  },
  {
    row: 'Q8',
    promise: 'a connection is closed after the longest duration, however busy',
    expected: '1001 Going away',
    slow: true,
    see: async (endpoint) => {
      const { idleTimeoutMs, maxDurationMs } = endpoint.settings;
      const visitor = await endpoint.visit();
      const talk = setInterval(
        () => visitor.say({ action: 'length' }),
        Math.min(idleTimeoutMs, maxDurationMs) / 4,
      );
      try {
        return await visitor.closed(later(maxDurationMs));
      } finally {
        clearInterval(talk);
      }
    },
  },
];

/** What AWS itself needs to notice: ten minutes were seen to be 604 seconds. */
const later = (ms: number): number => ms * 1.1 + 5000;
