import type { Har } from 'har-format';
import { har } from './har.ts';
import { ndjson } from './ndjson.ts';
import type { WireEntry, WireSocket } from './wire-entry.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const entry = (key: number, about: Partial<WireEntry>): WireEntry => ({
  ...{ key, seat: '1', socket: 0, at: AT + key, direction: 'in', kind: 'message', bytes: 1, text: '' },
  ...about,
});
const socket = (seat: string): WireSocket => ({
  ...{ seat, url: 'wss://example.com/dev?room=a%20b', protocols: ['one', 'two'], startedAt: AT - 50 },
});
const LOG = [
  entry(0, { direction: 'event', kind: 'open', text: 'wss://…', roundTripMs: 50 }),
  entry(1, { direction: 'out', kind: 'hello', text: '{"type":"hello"}' }),
  entry(2, { socket: 1, seat: '2', direction: 'event', kind: 'close', code: 1006 }),
  entry(3, { text: '“quoted”\n' }),
  entry(4, { kind: 'binary', bytes: 7 }),
  entry(5, { direction: 'event', kind: 'close', code: 1001, text: 'Going away' }),
];
const SOCKETS = new Map([
  [0, socket('1')],
  [1, socket('2')],
]);
const made = (log = LOG) => (JSON.parse([...har(log, SOCKETS, '1')].join('')) as Har).log;

describe('an export as HAR', () => {
  it('is HAR 1.2 with an exchange for each socket', () => {
    const { version, creator, entries } = made();
    expect([version, creator.name]).toEqual(['1.2', 'hello-websocket']);
    expect(entries.map(({ _resourceType }) => _resourceType)).toEqual(['websocket', 'websocket']);
    expect(entries.map(({ response }) => response.status)).toEqual([101, 0]);
    const [first] = entries;
    expect(first?.startedDateTime).toBe('2026-01-02T03:04:04.950Z');
    expect(first?.request.url).toBe('wss://example.com/dev?room=a%20b');
    expect(first?.request.queryString).toEqual([{ name: 'room', value: 'a b' }]);
    expect(first?.request.headers).toEqual([{ name: 'Sec-WebSocket-Protocol', value: 'one, two' }]);
    expect(first?.timings).toEqual({ send: 0, wait: 50, receive: 5 });
    expect(first?.time).toBe(55);
  });

  it('has the frames as Chrome reads them, and how the socket ended', () => {
    const [first, second] = made().entries;
    expect(first?._webSocketMessages).toEqual([
      { type: 'send', time: (AT + 1) / 1000, opcode: 1, data: '{"type":"hello"}' },
      { type: 'receive', time: (AT + 3) / 1000, opcode: 1, data: '“quoted”\n' },
      { type: 'receive', time: (AT + 4) / 1000, opcode: 2, data: '' },
    ]);
    expect(first?.['_close']).toEqual({ code: 1001, reason: 'Going away' });
    expect(second?._webSocketMessages).toEqual([]);
  });

  it('is whole when there is nothing, and when the beginning of a socket was forgotten', () => {
    expect(made([]).entries).toEqual([]);
    const [only] = made(LOG.slice(3)).entries;
    expect([only?.response.status, only?._webSocketMessages?.length]).toEqual([101, 2]);
  });
});

describe('an export as NDJSON', () => {
  it('is every entry, one in each line', () => {
    const lines = [...ndjson(LOG)].join('').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(LOG);
  });
});
