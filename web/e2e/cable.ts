import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A cable between a page and the gateway, that a test can cut, hold or take away. */
export class Cable {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #to: URL;
  #state: 'whole' | 'cut' | 'held' = 'whole';

  private constructor(server: Server, to: URL) {
    this.#server = server;
    this.#to = to;
    const url = new URL(to);
    url.port = String((server.address() as AddressInfo).port);
    this.url = url.href;
    server.on('connection', (socket) => this.#accept(socket));
  }

  /** A whole cable to the WebSocket URL `to`. */
  static async to(to: string): Promise<Cable> {
    const server = createServer().listen(0, LOOPBACK);
    await once(server, 'listening');
    return new Cable(server, new URL(to));
  }

  /** Breaks every connection off without a goodbye; a new one breaks off at once. */
  cut(): void {
    this.#state = 'cut';
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Lets new connections wait for an answer that does not come. What is connected stays so. */
  hold(): void {
    this.#state = 'held';
  }

  /** Carries new connections again. */
  mend(): void {
    this.#state = 'whole';
  }

  /** Takes the cable away: nothing listens at its URL any more. */
  async unplug(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  /** Puts it back where it was. */
  async plugIn(): Promise<void> {
    this.#state = 'whole';
    this.#server.listen(Number(new URL(this.url).port), LOOPBACK);
    await once(this.#server, 'listening');
  }

  #accept(near: Socket): void {
    this.#hold(near);
    if (this.#state === 'cut') near.resetAndDestroy();
    if (this.#state !== 'whole') return;
    const far = this.#hold(connect(Number(this.#to.port), LOOPBACK));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  #hold(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A reset is an error too; what it means is told by the close that follows.
    socket.on('error', () => undefined);
    return socket;
  }
}
