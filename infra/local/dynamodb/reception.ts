import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';

/**
 * Stands at the port of a database that crashed: connections wait here until it is back, and are passed on to it.
 * Without it every call in the second that a start takes would be refused.
 */
export class Reception {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<Socket>();
  #destination: number | undefined;

  private constructor() {
    this.#server = createServer({ pauseOnConnect: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        this.#waiting.delete(socket);
      });
      if (this.#destination === undefined) this.#waiting.add(socket);
      else pass(socket, this.#destination);
    });
  }

  static async open(port: number): Promise<Reception> {
    const reception = new Reception();
    reception.#server.listen(port, '127.0.0.1');
    await once(reception.#server, 'listening');
    return reception;
  }

  /** The database is back, on this port; undefined: it is away again. */
  direct(destination: number | undefined): void {
    this.#destination = destination;
    if (destination === undefined) return;
    for (const socket of this.#waiting) pass(socket, destination);
    this.#waiting.clear();
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

function pass(socket: Socket, port: number): void {
  const onward = connect(port, '127.0.0.1');
  // When one side ends or breaks, the other does.
  pipeline(socket, onward, socket, () => undefined);
}
