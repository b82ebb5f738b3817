import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  type Message,
  parseClientFrame,
  type Peer,
  type Receipt,
  SUBPROTOCOL,
  type Welcome,
} from '#protocol';

/** Frames go out in lots, this often. */
const LOT_MS = 10;
const PEERS = ['Ann', 'Bob', 'Cho', 'Dee'];
const TEXT = 'The quick brown fox jumps over the lazy dog. ';

const peers: readonly Peer[] = PEERS.map((name, n) => ({
  ...{ connectionId: `peer${n}=`, session: `session-${n}`, name, dialect: 'v1', connectedAt: 1000 },
}));

/** A server that is a whole room to one page: it welcomes it, and then its peers talk as fast as they are told. */
export class Crowd {
  readonly #server: WebSocketServer;
  #socket: WebSocket | undefined;
  #told = 0;

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data: Buffer) => {
        const frame = parseClientFrame(data.toString());
        if (frame.type === 'hello') socket.send(JSON.stringify(welcome(frame.room)));
        if (frame.type === 'ping')
          socket.send(JSON.stringify({ type: 'pong', id: frame.id, listed: LISTED }));
      });
    });
  }

  static async start(): Promise<Crowd> {
    const handleProtocols = (): string => SUBPROTOCOL;
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols });
    await once(server, 'listening');
    return new Crowd(server);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/dev`;
  }

  /** The peers say something `perSecond` times for `seconds`; resolves with how often they did. */
  async talk(perSecond: number, seconds: number): Promise<number> {
    return this.#pour(perSecond * seconds, perSecond, () => {
      const number = this.#told++;
      const from = peers[number % peers.length];
      return from && spoken(from, number);
    });
  }

  /** The page is told of `count` receipts, which ask nothing more of it than to be written down. */
  async fill(count: number, perSecond: number): Promise<number> {
    const [from] = peers;
    const receipt = from && JSON.stringify(receiptOf(from));
    return this.#pour(count, perSecond, () => receipt);
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pour(count: number, perSecond: number, next: () => string | undefined): Promise<number> {
    const begun = performance.now();
    let sent = 0;
    while (sent < count) {
      await new Promise((resolve) => setTimeout(resolve, LOT_MS));
      const due = Math.min(count, ((performance.now() - begun) / 1000) * perSecond);
      for (; sent < due; sent++) {
        const frame = next();
        if (frame !== undefined) this.#socket?.send(frame);
      }
    }
    return sent;
  }
}

const ME = 'me=';
const LISTED = [ME, ...peers.map(({ connectionId }) => connectionId)];

const welcome = (room: string): Welcome => ({
  ...{
    type: 'welcome',
    connectionId: ME,
    connectedAt: Date.now(),
    room,
    session: 'session-me',
    resumeKey: 'key',
  },
  ...{ recovered: false, peers, page: 1, pages: 1, build: '0.1.0' },
});

function spoken({ connectionId, session }: Peer, number: number): string {
  const seq = Math.floor(number / peers.length);
  const place = { stream: `stream-${session}`, seq, base: seq };
  const about = { from: connectionId, session, id: `m${number}`, ...place, sentAt: Date.now() };
  return JSON.stringify({ type: 'message', ...about, data: `${number}: ${TEXT}` } satisfies Message);
}

const receiptOf = ({ connectionId, session }: Peer): Receipt => ({
  ...{ type: 'receipt', from: connectionId, session, ids: ['none'] },
});
