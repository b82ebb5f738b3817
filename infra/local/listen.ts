import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The runner is for the machine it runs on. */
export const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';
/** Every IPv4 address of this machine, loopback too. */
export const EVERYWHERE = '0.0.0.0';

export interface ListenOptions {
  /** The flag that chooses the port, for the sentence when it is taken. */
  readonly flag: string;
  /** A further address of this machine to listen at, or `EVERYWHERE`. */
  readonly host?: string | undefined;
}

/** Where a server listens. */
export interface Listening {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Lets `server` listen at `port` of the loopback interface (0: any free one). Rejects with a sentence when it is taken. */
export async function listenAt(server: Server, port: number, options: ListenOptions): Promise<Listening> {
  const { flag, host = LOOPBACK } = options;
  if (port !== 0) await refuseOnIpv6(port, flag);
  await listening(server, port, host === EVERYWHERE ? EVERYWHERE : LOOPBACK, flag);
  const { port: chosen } = server.address() as AddressInfo;
  // A server has one address; the sockets of another are handed to it.
  const further = createServer((socket) => server.emit('connection', socket));
  const stop = async (): Promise<void> => {
    const closed = [server, further].map((one) => new Promise((resolve) => one.close(resolve)));
    server.closeAllConnections();
    await Promise.all(closed);
  };
  try {
    if (host !== EVERYWHERE && host !== LOOPBACK) await listening(further, chosen, host, flag);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port: chosen, stop };
}

/** The addresses of this machine by which others reach what listens at `host` too. */
export function outwardAddresses(host: string | undefined): string[] {
  if (host === undefined) return [];
  if (host !== EVERYWHERE) return [host];
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** A port of the loopback interface that nobody listens at: `port` itself, or any for 0. */
export async function freePort(port: number, flag: string): Promise<number> {
  if (port !== 0) await refuseOnIpv6(port, flag);
  const probe = createServer();
  await listening(probe, port, LOOPBACK, flag);
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return free;
}

/** A client that asks for localhost may reach `::1` first, and whoever listens there. */
async function refuseOnIpv6(port: number, flag: string): Promise<void> {
  const probe = createServer();
  try {
    await listening(probe, port, LOOPBACK_6, flag);
  } catch (error) {
    if (error instanceof PortTaken) throw error;
    return; // A machine without IPv6.
  }
  probe.close();
  await once(probe, 'close');
}

/** Its message is a sentence for the person who started this. */
class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

function listening(
  server: ReturnType<typeof createServer>,
  port: number,
  host: string,
  flag: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(new PortTaken(`Port ${port} is taken: choose another with ${flag}, or 0 for any free one`));
      } else if (error.code === 'EADDRNOTAVAIL' && host !== LOOPBACK_6) {
        reject(
          new Error(`${host} is no address of this machine: --host takes one of those, or none for all`),
        );
      } else reject(error);
    });
    server.listen(port, host, resolve);
  });
}
