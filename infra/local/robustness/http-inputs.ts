import fc, { type Arbitrary } from 'fast-check';
import { ALIVE_ENOUGH, type Input } from './input.ts';

/** Requests that are wrong in some way, as bytes. */

const CRLF = '\r\n';
const latin1 = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const word = fc.string({
  unit: fc.constantFrom('a', 'Z', '0', '-', '_', '.', '~', '%', '=', '@', '+', '$'),
  maxLength: 24,
});
const long = fc.integer({ min: 4000, max: 40_000 }).map((length) => 'x'.repeat(length));

/** Cuts bytes where packets could end. */
const inPieces = (bytes: Arbitrary<Buffer>): Arbitrary<Buffer[]> =>
  fc.tuple(bytes, fc.array(fc.nat(600), { maxLength: 3 })).map(([whole, cuts]) => {
    const places = [...new Set(cuts.map((cut) => Math.min(cut, whole.length)))].sort((a, b) => a - b);
    return [0, ...places].map((from, index) => whole.subarray(from, places[index] ?? whole.length));
  });

const ending = fc.constantFrom('finish', 'finish', 'finish', 'reset', 'vanish' as const);

interface Head {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly lineEnd: string;
}

const text = ({ method, target, version, headers, lineEnd }: Head, body = ''): Buffer =>
  Buffer.from(
    [`${method} ${target} ${version}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join(
      lineEnd,
    ),
    'latin1',
  );

const header = fc.tuple(
  fc.oneof(
    word,
    latin1,
    fc.constantFrom('Host', 'Content-Length', 'Transfer-Encoding', 'Expect', 'Cookie', 'Upgrade'),
  ),
  fc.oneof(
    { weight: 6, arbitrary: word },
    { weight: 3, arbitrary: latin1 },
    { weight: 1, arbitrary: long },
    {
      weight: 2,
      arbitrary: fc.constantFrom('100-continue', 'chunked', '-1', '99999999999', 'a\r\n b', '\0'),
    },
  ),
);
const target = fc.oneof(
  fc.constantFrom(
    '/test',
    '/test/',
    '/',
    '*',
    '//',
    '/test?a=%zz',
    '/test?',
    '/other',
    'http://x/test',
    '/%00',
  ),
  latin1.map((tail) => `/test?${tail}`),
  word.map((path) => `/${path}`),
  long.map((query) => `/test?q=${query}`),
);

/** Mostly a handshake, each part of it right or not. */
const handshakes: Arbitrary<Buffer> = fc
  .record({
    method: fc.oneof({ weight: 6, arbitrary: fc.constant('GET') }, { weight: 1, arbitrary: word }),
    target,
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP', ''),
    upgrade: fc.constantFrom('websocket', 'websocket', 'WebSocket', 'h2c', '', 'websocket, websocket'),
    connection: fc.constantFrom('Upgrade', 'Upgrade', 'keep-alive, Upgrade', 'close', ''),
    key: fc.oneof(fc.constant('dGhlIHNhbXBsZSBub25jZQ=='), word, latin1),
    ws: fc.constantFrom('13', '13', '13', '8', '0', '-13', '13, 13', 'x'),
    protocol: fc.oneof(fc.constant(undefined), word, latin1, fc.constantFrom('a,,b', 'a, a', '"')),
    extensions: fc.oneof(
      fc.constant(undefined),
      latin1,
      fc.constantFrom(
        'permessage-deflate; client_max_window_bits=99',
        'permessage-deflate; server_max_window_bits',
        'permessage-deflate; permessage-deflate',
        'permessage-deflate; a="',
      ),
    ),
    more: fc.array(header, { maxLength: 3 }),
    lineEnd: fc.constantFrom(CRLF, CRLF, CRLF, '\n', '\r'),
    body: latin1,
  })
  .map(({ upgrade, connection, key, ws, protocol, extensions, more, body, ...head }) =>
    text(
      {
        ...head,
        headers: [
          ['Host', 'localhost'],
          ['Upgrade', upgrade],
          ['Connection', connection],
          ['Sec-WebSocket-Key', key],
          ['Sec-WebSocket-Version', ws],
          ...(protocol === undefined ? [] : [['Sec-WebSocket-Protocol', protocol] as const]),
          ...(extensions === undefined ? [] : [['Sec-WebSocket-Extensions', extensions] as const]),
          ...more,
        ],
      },
      body,
    ),
  );

const garbage = fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes));

/** A whole request whose answer is known, whatever the rest of it says; the connection ends with it. */
const request = (
  method: string,
  path: string,
  headers: readonly (readonly [string, string])[],
  body: string,
): Buffer => {
  const bytes = Buffer.from(body, 'utf8');
  const head = text({
    method,
    target: path,
    version: 'HTTP/1.1',
    headers: [
      ...(headers.some(([name]) => name === 'Host') ? [] : [['Host', 'localhost'] as const]),
      ...headers,
      ['Connection', 'close'],
      ['Content-Length', String(bytes.length)],
    ],
    lineEnd: CRLF,
  });
  return Buffer.concat([head, bytes]);
};

const SIGNED = 'AWS4-HMAC-SHA256 Credential=nobody/20260101/local/execute-api/aws4_request, Signature=0';
const realId = fc
  .uint8Array({ minLength: 11, maxLength: 11 })
  .map((bytes) => `${Buffer.from(bytes).toString('base64url')}=`);
const wrongId = fc
  .oneof(
    word,
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('..', '__proto__', 'x'.repeat(2000)),
  )
  .filter((id) => id !== '' && id.isWellFormed() && !/^[A-Za-z0-9_-]{15}=$/.test(id));
const marker = fc.constantFrom('@connections', '%40connections', '/@connections');
const body = fc.oneof(fc.string({ maxLength: 60 }), fc.json(), long, fc.constant('x'.repeat(140_000)));

const management: Arbitrary<[bytes: Buffer, statuses: readonly number[]]> = fc.oneof(
  fc
    .tuple(fc.constantFrom('POST', 'GET', 'DELETE'), marker, realId, body)
    .map(([method, at, id, said]): [Buffer, number[]] => [
      request(method, `/test/${at}/${encodeURIComponent(id)}`, [['Authorization', SIGNED]], said),
      [said.length > 131_072 && method === 'POST' ? 413 : 410],
    ]),
  fc
    .tuple(fc.constantFrom('POST', 'GET', 'DELETE', 'PUT'), marker, wrongId, body)
    .map(([method, at, id, said]): [Buffer, number[]] => [
      request(method, `/test/${at}/${encodeURIComponent(id)}`, [['Authorization', SIGNED]], said),
      [400],
    ]),
  fc
    .tuple(marker, fc.oneof(realId, wrongId), fc.option(word), body)
    .map(([at, id, signature, said]): [Buffer, number[]] => [
      request(
        'POST',
        `/test/${at}/${encodeURIComponent(id)}`,
        signature === null ? [] : [['Authorization', `AWS4-HMAC-SHA256 ${signature}`]],
        said,
      ),
      [403],
    ]),
  fc
    .tuple(word, realId, word)
    .map(([stage, id, tail]): [Buffer, number[]] => [
      request('POST', `/no-${stage}/@connections/${id}/${tail}`, [['Authorization', SIGNED]], ''),
      [403],
    ]),
);

/** A request for `/_local` by somebody who may not, whatever it asks for. */
const hostile: Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'OPTIONS', 'DELETE'),
    fc.constantFrom('faults', 'connections', 'invocations', 'stream', '', '..', 'faults?x'),
    fc.oneof(
      fc.tuple(
        fc.constantFrom('attacker.example', 'localhost.attacker.example:3001', '127.0.0.2', '[::2]:1'),
        word,
      ),
      fc.tuple(
        fc.constant('localhost:PORT'),
        fc.constantFrom('http://attacker.example', 'null', 'https://localhost'),
      ),
    ),
    fc.constantFrom('{"dropNow":true}', '{"drop":1}', '[', 'null'),
  )
  .map(([method, path, [host, origin], said]) =>
    request(
      method,
      `/_local/${path}`,
      [
        ['Host', host],
        ['Origin', origin || 'http://x'],
      ],
      said,
    ),
  );

/** A request for `/_local` of the page's own whose body is nothing that it knows. */
const nonsense: Arbitrary<Buffer> = fc
  .oneof(
    fc.string({ unit: 'binary' }).filter((said) => said.isWellFormed()),
    fc.nat(30_000).map((depth) => '['.repeat(depth)),
    fc.nat(30_000).map((depth) => '{"drop":'.repeat(depth)),
    fc.constantFrom(
      '{"__proto__":{"drop":1}, "x":1}',
      '{"drop":2}',
      '{"drop":"1"}',
      '{"dropNow":1}',
      '[]',
      'null',
    ),
  )
  .map((said) => request('POST', '/_local/faults', [['Host', 'localhost:PORT']], said));

/** Says that more is coming, and goes before it came. */
const cutShort: Arbitrary<Buffer[]> = fc
  .tuple(
    fc.constantFrom('/test/@connections/AAAAAAAAAAAAAAA%3D', '/_local/faults', '/', '/test'),
    garbage,
    fc.boolean(),
  )
  .map(([path, part, chunked]) => [
    text({
      method: 'POST',
      target: path,
      version: 'HTTP/1.1',
      headers: [
        ['Host', 'localhost:PORT'],
        ['Authorization', SIGNED],
        chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', '100000'],
      ],
      lineEnd: CRLF,
    }),
    part,
  ]);

const input = (kind: string, writes: Arbitrary<Buffer[]>, rest: Partial<Input> = {}): Arbitrary<Input> =>
  fc.tuple(writes, ending).map(([pieces, end]) => ({
    kind,
    upgraded: false,
    writes: pieces,
    ending: end,
    expected: ALIVE_ENOUGH,
    ...rest,
  }));

/** Requests over HTTP, in proportion to what can go wrong in them. */
export const HTTP_INPUTS: readonly { weight: number; arbitrary: Arbitrary<Input> }[] = [
  { weight: 8, arbitrary: input('handshake', inPieces(handshakes)) },
  { weight: 2, arbitrary: input('garbage', inPieces(garbage)) },
  { weight: 3, arbitrary: input('body cut short', cutShort) },
  {
    weight: 4,
    arbitrary: management.map(([bytes, statuses]) => ({
      kind: '@connections',
      upgraded: false,
      writes: [bytes],
      ending: 'finish' as const,
      expected: { statuses },
    })),
  },
  {
    weight: 3,
    arbitrary: input(
      'hostile',
      hostile.map((bytes) => [bytes]),
      { ending: 'finish', expected: { statuses: [403] } },
    ),
  },
  {
    weight: 2,
    arbitrary: input(
      'nonsense',
      nonsense.map((bytes) => [bytes]),
      { ending: 'finish', expected: { statuses: [400] } },
    ),
  },
];
