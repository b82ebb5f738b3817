import { isIP } from 'node:net';

/** Who may connect, by where the handshake comes from [P25]. */
export interface Doors {
  /** Origins of pages, such as `https://chat.example.com`. */
  readonly origins: readonly string[];
  /** Whether those may who name no origin: terminals and other programs, which could name any. */
  readonly terminals: boolean;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a handshake with that `Origin` header may become a connection. A browser tells the truth there, so that no other site can
 * ride on its visitor. A page of the very address that the client connects to is let in: on a laptop it is the runner's, and on AWS nobody
 * connects to an address. Not so one of the same name: a site can let its own name lead to somebody's laptop.
 */
export function mayConnect(origin: string | undefined, host: string, { origins, terminals }: Doors): boolean {
  if (origin === undefined) return terminals;
  if (origins.includes(origin)) return true;
  const from = hostnameOf(origin);
  const to = hostnameOf(`https://${host}`);
  return (isAddress(from) && from === to) || (LOOPBACK.has(from) && LOOPBACK.has(to));
}

const hostnameOf = (url: string): string => URL.parse(url)?.hostname ?? '';
const isAddress = (hostname: string): boolean => isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
