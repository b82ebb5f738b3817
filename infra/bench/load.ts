import { once } from 'node:events';
import { WebSocket } from 'ws';

const ACTION = 'sendMessageRoute';
/** How long after the last send a message may still arrive before it counts as lost. */
const GRACE_MS = 3000;

/** A client of the plain dialect that knows its own id. */
interface Client {
  readonly socket: WebSocket;
  readonly id: string;
}

/** A room each: what joining costs in a full one is the room's, not the gateway's. */
async function open(url: string, room: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url}?room=${room}`, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}

async function join(url: string, room: string): Promise<Client> {
  const socket = await open(url, room);
  socket.send(JSON.stringify({ action: ACTION, data: 'who am i' }));
  const [answer] = (await once(socket, 'message')) as [Buffer];
  return { socket, id: answer.toString('utf8').replace('YOUR ID: ', '') };
}

/** What the pairs did. Times in milliseconds, of one way from A to B. */
export interface Traffic {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly lost: number;
}

/** Pairs of clients, each with `inFlight` messages on their way from A to B at any time, for `seconds`. */
export async function exchange(
  url: string,
  pairs: number,
  inFlight: number,
  seconds: number,
): Promise<Traffic> {
  const members = await Promise.all(
    Array.from({ length: pairs }, async (_, pair) => {
      const room = `pair-${pair}`;
      return [await join(url, room), await join(url, room)] as const;
    }),
  );
  const latencies: number[] = [];
  let sent = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let lastArrivalAt = startedAt;

  await Promise.all(
    members.map(async ([a, b]) => {
      const sentAt = new Map<string, number>();
      const send = (): void => {
        const data = String(sent++);
        sentAt.set(data, performance.now());
        a.socket.send(JSON.stringify({ action: ACTION, data, forward: b.id }));
      };
      const drained = new Promise<void>((resolve) => {
        const giveUp = setTimeout(resolve, seconds * 1000 + GRACE_MS);
        b.socket.on('message', (text: Buffer) => {
          const data = text.toString('utf8');
          const now = performance.now();
          const from = sentAt.get(data);
          if (from === undefined) return;
          sentAt.delete(data);
          latencies.push(now - from);
          lastArrivalAt = now;
          if (now < endsAt) send();
          else if (sentAt.size === 0) {
            clearTimeout(giveUp);
            resolve();
          }
        });
      });
      for (let count = 0; count < inFlight; count++) send();
      await drained;
    }),
  );
  for (const { socket } of members.flat()) socket.terminate();
  latencies.sort((left, right) => left - right);
  return {
    perSecond: latencies.length / ((lastArrivalAt - startedAt) / 1000),
    p50: latencies[Math.floor(latencies.length * 0.5)] ?? NaN,
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? NaN,
    lost: sent - latencies.length,
  };
}

/** Seconds until `count` connections, all asked for at once, are open. */
export async function connectMany(url: string, count: number): Promise<number> {
  const startedAt = performance.now();
  const sockets = await Promise.all(Array.from({ length: count }, (_, index) => open(url, `room-${index}`)));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const socket of sockets) socket.terminate();
  return seconds;
}

/** Connects and asks who it is: done when the first function has answered. */
export async function firstAnswer(url: string): Promise<void> {
  const { socket } = await join(url, 'first');
  socket.terminate();
}
