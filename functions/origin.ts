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
 * ride on its visitor. The API's own host is always let in: nobody but its owner serves a page there, and on a laptop it is the runner's.
 */
export function mayConnect(origin: string | undefined, host: string, { origins, terminals }: Doors): boolean {
  if (origin === undefined) return terminals;
  if (origins.includes(origin)) return true;
  const from = hostnameOf(origin);
  const to = hostnameOf(`https://${host}`);
  return from !== undefined && (from === to || (isLoopback(from) && isLoopback(to)));
}

const hostnameOf = (url: string): string | undefined => URL.parse(url)?.hostname;
const isLoopback = (hostname: string | undefined): boolean =>
  hostname !== undefined && LOOPBACK.has(hostname);
