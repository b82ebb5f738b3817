import fc, { type Arbitrary } from 'fast-check';
import type { Input } from './input.ts';
import { clientFrame, OPCODE } from './wire.ts';

/** Frames that are wrong in some way, on a WebSocket that is open. */

const FRAME = 32_768;
const payload = (maxLength: number): Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const ascii = fc.string({ maxLength: 100 }).map((text) => Buffer.from(text));

/** JSON that goes deep, with or without its end, in place of the route's key or elsewhere. */
const deep = fc
  .record({
    open: fc.constantFrom('[', '{"a":', '[[],', '{"action":'),
    depth: fc.nat(10_000),
    key: fc.constantFrom('action', 'data', '__proto__', 'constructor'),
    closed: fc.boolean(),
  })
  .map(({ open, depth, key, closed }) => {
    const levels = Math.min(depth, Math.floor(FRAME / (open.length + 1)) - 10);
    const close = (open.startsWith('{') ? '}' : ']').repeat(levels);
    return Buffer.from(`{"${key}":${open.repeat(levels)}1${closed ? `${close}}` : ''}`);
  });

const json = fc.oneof(
  fc.json().map((text) => Buffer.from(text.slice(0, FRAME / 4))),
  fc
    .constantFrom('exit', 'throw', 'nothing', 'wrong', '$connect', '$default', '__proto__', 'toString', '')
    .map((action) => Buffer.from(JSON.stringify({ action }))),
);

const text = (bytes: Arbitrary<Buffer>): Arbitrary<Buffer[]> =>
  bytes.map((one) => [clientFrame(OPCODE.text, one)]);

const notUtf8 = fc
  .tuple(
    ascii,
    fc.constantFrom([0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xe2, 0x82]),
  )
  .map(([before, wrong]) => Buffer.concat([before, Buffer.from(wrong)]));

/** Parts of a message, with control frames between them; whether its last part comes. */
const fragments = fc
  .tuple(fc.array(ascii, { minLength: 1, maxLength: 5 }), fc.boolean(), fc.boolean())
  .map(([parts, finished, interrupted]) =>
    parts.flatMap((part, index) => [
      clientFrame(index === 0 ? OPCODE.text : OPCODE.continuation, part, {
        fin: finished && index === parts.length - 1,
      }),
      ...(interrupted ? [clientFrame(OPCODE.ping, Buffer.from('p'))] : []),
    ]),
  );

/** So many bytes in fragments that the message is too long. */
const tooManyFragments = fc.integer({ min: 1, max: 200 }).map((more) => {
  const part = Buffer.alloc(FRAME, 'x');
  return [0, 1, 2, 3, 4].map((index) =>
    clientFrame(
      index === 0 ? OPCODE.text : OPCODE.continuation,
      index === 4 ? part.subarray(0, more) : part,
      {
        fin: index === 4,
        masked: true,
      },
    ),
  );
});

const closes = fc.oneof(
  fc.constant(Buffer.alloc(0)),
  fc.constantFrom(1000, 1001, 3000, 4999).map((code) => closePayload(code, 'bye')),
);
const wrongCloses = fc.oneof(
  fc.constant(Buffer.from([3])),
  fc.constantFrom(0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535).map((code) => closePayload(code, '')),
);

function closePayload(code: number, reason: string): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(code);
  return Buffer.concat([bytes, Buffer.from(reason)]);
}

const frames = (
  kind: string,
  writes: Arbitrary<Buffer[]>,
  ...codes: readonly (number | undefined)[]
): Arbitrary<Input> =>
  fc
    .tuple(writes, fc.constantFrom('finish', 'finish', 'finish', 'finish', 'reset', 'vanish' as const))
    .map(([bytes, ending]) => ({ kind, upgraded: true, writes: bytes, ending, expected: { codes } }));

/** Anything a client may do that is not an offence. */
const NOT_CLOSED = [undefined] as const;

export const FRAME_INPUTS: readonly { weight: number; arbitrary: Arbitrary<Input> }[] = [
  { weight: 3, arbitrary: frames('text', text(fc.oneof(ascii, json)), ...NOT_CLOSED) },
  { weight: 2, arbitrary: frames('deep JSON', text(deep), ...NOT_CLOSED) },
  { weight: 2, arbitrary: frames('fragments', fragments, ...NOT_CLOSED) },
  { weight: 1, arbitrary: frames('too many fragments', tooManyFragments, 1009) },
  { weight: 2, arbitrary: frames('not UTF-8', text(notUtf8), 1007) },
  {
    weight: 1,
    arbitrary: frames(
      'binary',
      payload(200).map((bytes) => [clientFrame(OPCODE.binary, bytes)]),
      1003,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'not masked',
      ascii.map((bytes) => [clientFrame(OPCODE.text, bytes, { masked: false })]),
      1002,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'reserved bits',
      fc
        .tuple(ascii, fc.integer({ min: 1, max: 7 }))
        .map(([bytes, reserved]) => [clientFrame(OPCODE.text, bytes, { reserved })]),
      1002,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'reserved opcode',
      fc
        .tuple(ascii, fc.constantFrom(3, 4, 5, 6, 7, 11, 12, 13, 14, 15))
        .map(([bytes, opcode]) => [clientFrame(opcode, bytes)]),
      1002,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'a continuation of nothing',
      ascii.map((bytes) => [clientFrame(OPCODE.continuation, bytes)]),
      1002,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'control frame too long or in fragments',
      fc
        .tuple(
          fc.constantFrom(OPCODE.ping, OPCODE.pong, OPCODE.close),
          fc.integer({ min: 126, max: 300 }),
          fc.boolean(),
        )
        .map(([opcode, length, short]) => [
          clientFrame(opcode, Buffer.alloc(short ? 3 : length, 'x'), { fin: !short }),
        ]),
      1002,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'claims to be long',
      fc
        .oneof(
          fc.integer({ min: FRAME + 1, max: 2 ** 31 }),
          fc.constantFrom(2n ** 53n, 2n ** 63n, 2n ** 64n - 1n),
        )
        .map((claimedLength) => [clientFrame(OPCODE.text, Buffer.from('x'), { claimedLength })]),
      1009,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'close',
      closes.map((bytes) => [clientFrame(OPCODE.close, bytes)]),
      1000,
      1001,
      3000,
      4999,
      1005,
    ),
  },
  {
    weight: 1,
    arbitrary: frames(
      'wrong close',
      wrongCloses.map((bytes) => [clientFrame(OPCODE.close, bytes)]),
      1002,
    ),
  },
  {
    weight: 2,
    arbitrary: frames(
      'frame cut short',
      fc.tuple(ascii, fc.nat(60)).map(([bytes, kept]) => [clientFrame(OPCODE.text, bytes).subarray(0, kept)]),
      ...NOT_CLOSED,
    ),
  },
  {
    weight: 2,
    arbitrary: frames(
      'garbage',
      payload(300).map((bytes) => [bytes]),
      undefined,
      1000,
      1001,
      1002,
      1003,
      1005,
      1007,
      1009,
    ),
  },
];
