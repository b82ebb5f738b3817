import type { Check } from '../check.ts';
import { brokenOff, endingOf, observed } from '../observed.ts';

const refused = (row: string, promise: string, query: string, expected: string): Check => ({
  row,
  promise,
  expected,
  see: async (endpoint) => String((await endpoint.knock({ query })).status),
});

export const HANDSHAKE: readonly Check[] = [
  {
    row: 'H1',
    promise: 'the handshake waits for $connect',
    expected: 'opened after $connect had answered',
    see: async (endpoint) => {
      const before = performance.now();
      await endpoint.visit({ query: '?wait=1000' });
      const ms = performance.now() - before;
      return ms >= 1000 ? 'opened after $connect had answered' : `opened after ${Math.round(ms)} ms`;
    },
  },
  {
    row: 'H2',
    promise: 'without a $connect route a connection is accepted',
    expected: '101',
    see: async (endpoint) => String((await endpoint.knock({ url: endpoint.selectionUrl })).status),
  },
  {
    row: 'H3',
    promise: 'permessage-deflate is accepted when it is offered',
    expected: 'permessage-deflate',
    see: async (endpoint) =>
      (await endpoint.visit({ options: { perMessageDeflate: true } })).socket.extensions,
  },
  {
    row: 'H4',
    promise: 'headers of $connect that are not of WebSocket are not sent',
    expected: 'none of them',
    see: async (endpoint) => {
      const { headers } = await endpoint.knock({});
      return ['set-cookie', 'x-custom'].filter((name) => name in headers).join(', ') || 'none of them';
    },
  },
  {
    row: 'H5',
    promise: 'the subprotocol is the one that $connect returns',
    expected: 'b',
    see: async (endpoint) =>
      (await endpoint.visit({ query: '?protocol=b', protocols: ['a', 'b'] })).socket.protocol,
  },
  {
    row: 'H5',
    promise: 'without one from $connect there is none',
    expected: '101 none',
    see: async (endpoint) => {
      const { status, headers } = await endpoint.knock({ protocols: ['a', 'b'] });
      return `${status} ${String(headers['sec-websocket-protocol'] ?? 'none')}`;
    },
  },
  {
    row: 'H7',
    promise: 'an unknown stage is refused',
    expected: '403',
    see: async (endpoint) => {
      const url = endpoint.settings.url.replace(/\/[^/]+\/?$/, '/no-such-stage');
      return String((await endpoint.knock({ url })).status);
    },
  },
  {
    row: 'H8',
    promise: 'the body of a refusal is JSON with a message',
    expected: /^\{"message":\s?".+\}$/,
    see: async (endpoint) => (await endpoint.knock({ query: '?status=401' })).body,
  },
  refused('H10', 'a 400 from $connect refuses', '?status=400', '400'),
  refused('H10', 'a 401 from $connect refuses', '?status=401', '401'),
  refused('H10', 'a 503 from $connect refuses', '?status=503', '503'),
  refused('H11', '$connect that throws refuses with 502', '?fail=throw', '502'),
  refused('H11', '$connect with a malformed result refuses with 502', '?fail=malformed', '502'),
  refused('H12', '$connect that takes too long refuses with 504', '?wait=4500', '504'),
  {
    row: 'H13',
    promise: 'a client that has gone before $connect answered: $disconnect is called with 1006',
    expected: '1006',
    see: async (endpoint) => endingOf(await brokenOff(endpoint)).split(' ')[0] ?? '',
  },
  {
    row: 'M6',
    promise: 'a connection that is still in $connect is 410 to posts',
    expected: 'GoneException',
    see: async (endpoint) => String((await observed(endpoint, { query: '&self=1' })).connected.toItself),
  },
  {
    row: 'H21',
    promise: 'where IAM is asked for, a handshake that is not signed is refused',
    expected: '403',
    see: async (endpoint) => String((await endpoint.knock({ url: endpoint.signedUrl })).status),
  },
  {
    row: 'H21',
    promise: 'and one that is signed is not',
    expected: '101',
    see: async (endpoint) => {
      const url = endpoint.signedUrl;
      const headers = await endpoint.management.signedHandshake(url);
      return String((await endpoint.knock({ url, options: { headers } })).status);
    },
  },
];
