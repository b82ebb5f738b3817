import { Socket } from 'node:net';
import { type Destinations, portFor } from './destinations.ts';

/** As `redirectOutgoing`, for `fetch`. */
export function redirectFetch(destinations: Destinations): void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const { host, pathname, search } = new URL(input instanceof Request ? input.url : input);
    const port = portFor(host, destinations, pathname);
    if (port === undefined) return original(input, init);
    return original(new Request(`http://127.0.0.1:${port}${pathname}${search}`, new Request(input, init)));
  };
}

/** What is redirected are requests: bytes on a socket of TLS can only go to AWS itself. */
const NOT_BY_SOCKETS =
  'is reached by node:http, node:https and the global fetch here, not by HTTP/2 or an HTTP client with sockets of its own';

/** Refuses sockets to AWS, whoever opens them: HTTP/2, and HTTP clients of their own. */
export function refuseSockets(destinations: Destinations): void {
  const original: unknown = Reflect.get(Socket.prototype, 'connect');
  if (typeof original !== 'function') throw new Error('node:net has no Socket.prototype.connect');
  Object.assign(Socket.prototype, {
    connect(this: Socket, ...args: readonly unknown[]): unknown {
      const host = hostOf(args);
      if (host !== undefined && portFor(host, destinations) !== undefined)
        throw new Error(`${host} ${NOT_BY_SOCKETS}`);
      return Reflect.apply(original, this, args);
    },
  });
}

/** Of `connect(options)`, `connect(port, host)`, and the list of options that Node.js itself passes. */
function hostOf([first, second]: readonly unknown[]): string | undefined {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  const host: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'host') : second;
  return typeof host === 'string' ? host : undefined;
}
