import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { urlToHttpOptions } from 'node:url';
import { type Destinations, portFor } from './destinations.ts';
import { LocalRequest } from './local-request.ts';
import { redirectFetch, refuseSockets } from './outgoing-sockets.ts';
import type { ShortCut } from './short-cuts.ts';

type Listener = (response: http.IncomingMessage) => void;
type Options = https.RequestOptions;

/**
 * Turns the calls that a handler makes to AWS towards this runner, whatever way the handler built its client.
 * It changes the address and nothing else: the signature, the Host header and the path stay what the SDK made them.
 * What an SDK sends and one of the short cuts takes goes that way instead of HTTP.
 */
export function redirectOutgoing(destinations: Destinations, shortCuts: readonly ShortCut[] = []): void {
  const agent = new http.Agent({ keepAlive: true });
  const plain = http.request;
  for (const [module, protocol] of [
    [http, 'http:'],
    [https, 'https:'],
  ] as const) {
    const original = module.request;
    const request = (
      first: string | URL | Options,
      second?: Options | Listener,
      third?: Listener,
    ): http.ClientRequest | LocalRequest => {
      const { options, listener } = normalize(first, second, third);
      const host = hostOf(options, protocol);
      const port = portFor(host, destinations, options.path ?? '/');
      if (port === undefined) return original(options, listener);
      const { method = 'GET', headers = {} } = options;
      const target = { port, method, path: options.path ?? '/' };
      if (!isList(headers) && isOfSdk(headers)) {
        const shortCut = shortCuts.find((one) => one.takes(target));
        if (shortCut !== undefined) return new LocalRequest(target, headers, shortCut.send, listener);
      }
      return plain(
        {
          ...options,
          protocol: 'http:',
          hostname: '127.0.0.1',
          host: '127.0.0.1',
          port,
          agent,
          headers: withHost(options.headers, host),
        },
        listener,
      );
    };
    const get = (
      first: string | URL | Options,
      second?: Options | Listener,
      third?: Listener,
    ): http.ClientRequest | LocalRequest => request(first, second, third).end();
    Object.assign(module, { request, get });
  }
  syncBuiltinESMExports();
  redirectFetch(destinations);
  refuseSockets(destinations);
}

function normalize(
  first: string | URL | Options,
  second?: Options | Listener,
  third?: Listener,
): { options: Options; listener: Listener | undefined } {
  const isAddress = typeof first === 'string' || first instanceof URL;
  const address = isAddress ? urlToHttpOptions(new URL(first)) : first;
  if (typeof second === 'function' || second === undefined)
    return { options: address, listener: second ?? third };
  return { options: { ...address, ...second }, listener: third };
}

function hostOf({ hostname, host, port }: Options, protocol: string): string {
  const name = hostname ?? host ?? 'localhost';
  const usual = protocol === 'https:' ? 443 : 80;
  return port === undefined || port === null || port === '' || Number(port) === usual
    ? name
    : `${name}:${port}`;
}

function withHost(headers: Options['headers'], host: string): Options['headers'] {
  if (isList(headers)) return headers;
  const named = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'host');
  return named ? headers : { ...headers, Host: host };
}

/** The SDKs ask little of a request and its socket. What axios, got and the like ask, only Node's own have. */
const isOfSdk = (headers: http.OutgoingHttpHeaders): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'user-agent' && /\baws-sdk-\w+\//.test(String(value)),
  );

const isList = (headers: Options['headers']): headers is readonly string[] => Array.isArray(headers);
