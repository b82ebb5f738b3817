import type { Entry } from 'har-format';
import type { WireEntry, WireSocket } from './wire-entry.ts';

/** The media type of a HAR, which has none of its own. */
export const HAR_TYPE = 'application/json';

type Message = NonNullable<Entry['_webSocketMessages']>[number];

/**
 * The pieces of a HAR 1.2 with the sockets of `entries` and their frames as Chrome's network panel writes and reads them
 * (`_webSocketMessages`). http://www.softwareishard.com/blog/har-12-spec
 */
export function* har(
  entries: Iterable<WireEntry>,
  sockets: { get(socket: number): WireSocket | undefined },
  version: string,
): Generator<string> {
  const groups = new Map<number, WireEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.socket);
    if (group) group.push(entry);
    else groups.set(entry.socket, [entry]);
  }
  yield `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'hello-websocket', version })},"entries":[`;
  let comma = '';
  for (const [number, frames] of groups) {
    const about = JSON.stringify(exchange(frames, sockets.get(number)));
    yield `${comma}${about.slice(0, -1)},"_webSocketMessages":[`;
    comma = '';
    for (const frame of frames) {
      if (frame.direction === 'event') continue;
      yield comma + JSON.stringify(message(frame));
      comma = ',';
    }
    yield ']}';
    comma = ',';
  }
  yield ']}}\n';
}

/** The handshake of a socket, and how it ended. */
function exchange(frames: readonly WireEntry[], socket: WireSocket | undefined): Entry {
  const opened = frames.find(({ kind }) => kind === 'open');
  const closed = frames.find(({ kind }) => kind === 'close');
  const first = socket?.startedAt ?? frames[0]?.at ?? 0;
  const last = frames.at(-1)?.at ?? first;
  const wait = opened?.roundTripMs ?? 0;
  // A close without an open is all there is of a handshake that failed; else the open may be forgotten only.
  const isRefused = opened === undefined && frames[0]?.kind === 'close';
  const url = socket?.url ?? '';
  const protocols = (socket?.protocols ?? []).join(', ');
  const headers = protocols === '' ? [] : [{ name: 'Sec-WebSocket-Protocol', value: protocols }];
  const unknown = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 };
  return {
    startedDateTime: new Date(first).toISOString(),
    time: last - first,
    request: { ...unknown, method: 'GET', url, headers, queryString: parametersOf(url) },
    response: {
      ...unknown,
      status: isRefused ? 0 : 101,
      statusText: isRefused ? '' : 'Switching Protocols',
      headers: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
    },
    cache: {},
    timings: { send: 0, wait, receive: Math.max(0, last - first - wait) },
    _resourceType: 'websocket',
    _seat: frames[0]?.seat,
    ...(closed && { _close: { code: closed.code, reason: closed.text } }),
  };
}

/** Chrome counts in seconds; opcode 1 is text, 2 is binary. */
const message = ({ direction, at, kind, text }: WireEntry): Message => ({
  type: direction === 'out' ? 'send' : 'receive',
  time: at / 1000,
  opcode: kind === 'binary' ? 2 : 1,
  data: text,
});

const parametersOf = (url: string): { name: string; value: string }[] =>
  [...(URL.parse(url)?.searchParams ?? [])].map(([name, value]) => ({ name, value }));
