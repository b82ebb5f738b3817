import { once } from 'node:events';
import { WebSocket } from 'ws';
import { parseServerFrame, SUBPROTOCOL } from '#protocol';

/** How many come at once: API Gateway, and the runner, let in so many a second and no more. */
const AT_ONCE = 10;

/** Many peers of one room, each a connection of its own that speaks v1 and does nothing by itself. */
export class Crowd {
  readonly #url: URL;
  readonly #sockets = new Map<string, WebSocket>();

  constructor(webSocketUrl: string, room: string) {
    this.#url = new URL(webSocketUrl);
    this.#url.searchParams.set('room', room);
  }

  /** Lets `count` peers in, who are called "Peer 0" and so on, and waits until each is welcome. */
  async join(count: number): Promise<void> {
    const from = this.#sockets.size;
    for (let come = 0; come < count; come += AT_ONCE) {
      const some = Math.min(AT_ONCE, count - come);
      await Promise.all(Array.from({ length: some }, (_, n) => this.#join(`Peer ${from + come + n}`)));
    }
  }

  /** One of them writes to a connection. */
  write(name: string, forward: string, data: string): void {
    const message = { action: 'sendMessageRoute', type: 'message', forward, data };
    this.#sockets.get(name)?.send(JSON.stringify({ ...message, id: 'm1', stream: 's1', seq: 0, base: 0 }));
  }

  leave(): void {
    for (const socket of this.#sockets.values()) socket.terminate();
  }

  async #join(name: string): Promise<void> {
    const url = new URL(this.#url);
    url.searchParams.set('name', name);
    const socket = new WebSocket(url, [SUBPROTOCOL]);
    await once(socket, 'open');
    this.#sockets.set(name, socket);
    const welcome = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        if (parseServerFrame(data.toString()).type === 'welcome') resolve();
      });
    });
    const room = this.#url.searchParams.get('room');
    socket.send(JSON.stringify({ action: 'sendMessageRoute', type: 'hello', room }));
    await welcome;
  }
}
