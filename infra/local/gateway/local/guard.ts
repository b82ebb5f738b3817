import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

const NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request comes from this machine's own hand: it names a loopback host, and so does the page it comes from,
 * each with one of `ports`. A web site that a developer happens to visit can do neither (PARITY X10): its pages have its
 * own origin, and after rebinding its name to 127.0.0.1 the host is still that name.
 */
export function isOwn({ host, origin }: IncomingHttpHeaders, ports: ReadonlySet<number>): boolean {
  return isLoopback(host, ports) && (origin === undefined || isLoopback(hostOf(origin), ports));
}

/** A request as far as it tells where it comes from. */
export interface Caller {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Whether a request was sent on this machine and `isOwn`. */
export const isFromHere = (caller: Caller, ports: ReadonlySet<number>): boolean =>
  isSentHere(caller) && isOwn(caller.headers, ports);

/** Whether a request was sent on this machine, whatever proxies it came by (PARITY X14). */
export function isSentHere({ headers, socket }: Caller): boolean {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().flatMap((list) => list.split(','));
  const senders = [socket.remoteAddress ?? '', ...forwarded.map((address) => address.trim())];
  return senders.every(isLoopbackAddress);
}

function isLoopbackAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** The host of a plain HTTP origin, which is all that this runner and its page have. */
const hostOf = (origin: string): string | undefined => /^http:\/\/([^/]+)$/.exec(origin)?.[1];

function isLoopback(host: string | undefined, ports: ReadonlySet<number>): boolean {
  const [, name = '', port = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(host ?? '') ?? [];
  return NAMES.has(name.toLowerCase()) && ports.has(Number(port));
}
