import {
  byteLength,
  chooseDialect,
  MAX_FRAME_BYTES,
  parseClientFrame,
  parsePlace,
  parsePlainRequest,
  parseServerFrame,
  parseUnrouted,
} from '#protocol';

const NOT_OBJECTS = [
  '',
  'hi',
  '{',
  '"text"',
  '1',
  'null',
  'true',
  '[]',
  '[{"type":"ping"}]',
  '\u0000',
  '{"a":1}x',
];
const message = { type: 'message', forward: 'B=', id: 'm1', stream: 's1', seq: 1, base: 0, data: 'Hello' };

describe('parseClientFrame', () => {
  for (const frame of [
    { type: 'hello', room: 'lobby' },
    { type: 'hello', room: 'lobby', resume: { session: 's', key: 'k' } },
    message,
    { ...message, seq: 0, base: 0, data: '' },
    { type: 'receipt', forward: 'B=', ids: [] },
    { type: 'receipt', forward: 'B=', ids: ['m1', 'm2'] },
    { type: 'ping', id: 'p1' },
    { type: 'ping', id: 'p1', known: ['A='] },
  ]) {
    it(`reads ${JSON.stringify(frame)}`, () => {
      expect(parseClientFrame(JSON.stringify({ action: 'sendMessageRoute', ...frame }))).toEqual(
        jasmine.objectContaining(frame),
      );
    });
  }

  for (const source of NOT_OBJECTS) {
    it(`[P5] describes what is no JSON object: ${JSON.stringify(source)}`, () => {
      expect(parseClientFrame(source)).toEqual({
        type: 'malformed',
        reason: jasmine.stringMatching(/^the frame is not/),
      });
    });
  }

  const bad: [object, RegExp, string?][] = [
    [{}, /^type must be/],
    [{ type: 'welcome' }, /^type must be/],
    [{ type: 'toString' }, /^type must be/],
    [{ type: 7 }, /^type must be/],
    [{ type: 'hello' }, /^room is missing/],
    [{ type: 'hello', room: '' }, /^room must be/],
    [{ type: 'hello', room: 'a b' }, /^room must be/],
    [{ type: 'hello', room: 'x'.repeat(65) }, /^room must be/],
    [{ type: 'hello', room: 'lobby', resume: { session: 's' } }, /^resume must be/],
    [{ type: 'hello', room: 'lobby', resume: 'k' }, /^resume must be/],
    [{ type: 'hello', room: 'lobby', resume: null }, /^resume must be/],
    [{ ...message, forward: undefined }, /^forward is missing/, 'm1'],
    [{ ...message, forward: '' }, /^forward must be/, 'm1'],
    [{ ...message, forward: 'a b' }, /^forward must be/, 'm1'],
    [{ ...message, forward: 'x'.repeat(129) }, /^forward must be/, 'm1'],
    [{ ...message, id: undefined }, /^id is missing/],
    [{ ...message, id: 'ü' }, /^id must be/],
    [{ ...message, stream: 1 }, /^stream must be/, 'm1'],
    [{ ...message, seq: -1 }, /^seq must be/, 'm1'],
    [{ ...message, seq: 1.5 }, /^seq must be/, 'm1'],
    [{ ...message, seq: '1' }, /^seq must be/, 'm1'],
    [{ ...message, base: 2 }, /^base must not be greater/, 'm1'],
    [{ ...message, data: undefined }, /^data is missing/, 'm1'],
    [{ ...message, data: { text: 'Hello' } }, /^data must be a string/, 'm1'],
    [{ type: 'receipt', forward: 'B=', ids: 'm1' }, /^ids must be/],
    [{ type: 'receipt', forward: 'B=', ids: [1] }, /^ids must be/],
    [{ type: 'receipt', forward: 'B=', ids: Array.from({ length: 101 }, String) }, /^ids must be/],
    [{ type: 'ping' }, /^id is missing/],
    [{ type: 'ping', id: 'p1', known: ['a b'] }, /^known must be a list of connectionIds/, 'p1'],
  ];
  for (const [frame, reason, id] of bad) {
    it(`[P5] describes what is wrong with ${JSON.stringify(frame).slice(0, 110)}`, () => {
      const parsed = parseClientFrame(JSON.stringify(frame));
      expect(parsed).toEqual({
        type: 'malformed',
        reason: jasmine.stringMatching(reason),
        ...(id !== undefined && { id }),
      });
    });
  }

  it('[P5] survives 1 MB of garbage and quotes none of it', () => {
    const parsed = parseClientFrame('x'.repeat(1_000_000));
    expect(parsed).toEqual({ type: 'malformed', reason: 'the frame is not JSON' });
  });
});

describe('parseServerFrame', () => {
  const peer = { connectionId: 'B=', session: 'b', dialect: 'v1', connectedAt: 1 };
  const welcome = {
    type: 'welcome',
    connectionId: 'A=',
    connectedAt: 1,
    room: 'lobby',
    session: 'a',
    resumeKey: 'k',
    recovered: false,
    peers: [peer],
    page: 1,
    pages: 1,
    build: '0.1.0',
  };
  const received = { type: 'message', from: 'A=', session: 'a', id: 'm1', data: 'Hello', sentAt: 1 };

  for (const frame of [
    welcome,
    { type: 'joined', peer },
    { type: 'joined', peer: { ...peer, name: 'Ann' } },
    { type: 'left', connectionId: 'B=' },
    received,
    { ...received, stream: 's', seq: 0, base: 0 },
    { type: 'receipt', from: 'B=', session: 's', ids: ['m1'] },
    { type: 'refused', code: 'gone', reason: 'no' },
    { type: 'refused', id: 'm1', code: 'failed', reason: 'no' },
    { type: 'refused', id: 'm1', code: 'not-member', about: 'receiver', reason: 'no' },
    { type: 'pong', id: 'p1', listed: ['A='] },
    { type: 'pong', id: 'p1', listed: ['A=', 'B='], peers: [peer] },
  ]) {
    it(`reads ${JSON.stringify(frame).slice(0, 100)}`, () => {
      expect<object>(parseServerFrame(JSON.stringify(frame))).toEqual(frame);
    });
  }

  for (const frame of [
    { type: 'hello', room: 'lobby' },
    { ...welcome, peers: [{ ...peer, dialect: 'v2' }] },
    { ...welcome, peers: [{ ...peer, name: 'a\u2028b' }] },
    { ...welcome, recovered: 'no' },
    { ...received, seq: 0 },
    { ...received, stream: 's', base: 0 },
    { type: 'refused', code: 'tired', reason: 'no' },
    { type: 'pong', id: 'p1' },
    { type: 'pong', id: 'p1', listed: ['B='], peers: ['B='] },
    { message: 7 },
  ]) {
    it(`[P5] describes what is wrong with ${JSON.stringify(frame).slice(0, 100)}`, () => {
      expect(parseServerFrame(JSON.stringify(frame)).type).toBe('malformed');
    });
  }

  it("[P41] knows API Gateway's own frames", () => {
    const frame = '{"message": "Forbidden", "connectionId":"A=", "requestId":"r="}';
    expect(parseServerFrame(frame)).toEqual({
      type: 'gateway-trouble',
      message: 'Forbidden',
      requestId: 'r=',
    });
  });

  it('[P32] describes a line of the plain dialect', () => {
    expect(parseServerFrame('ERROR: no connection has that id').type).toBe('malformed');
  });
});

describe('parsePlainRequest', () => {
  for (const forward of [undefined, null, '']) {
    it(`[P30] takes forward ${String(forward)} for who am i`, () => {
      expect(parsePlainRequest(JSON.stringify({ forward, data: 'who am i' }))).toEqual({ type: 'who-am-i' });
    });
  }

  for (const [data, text] of [
    ['Hello', 'Hello'],
    ['', ''],
    [7, '7'],
    [null, 'null'],
    [false, 'false'],
    [{ a: [1] }, '{"a":[1]}'],
  ]) {
    it(`[P31] forwards data ${JSON.stringify(data)} as ${JSON.stringify(text)}`, () => {
      const parsed = parsePlainRequest(JSON.stringify({ forward: 'B=', data }));
      expect<object>(parsed).toEqual({ type: 'message', forward: 'B=', data: text });
    });
  }

  for (const forward of [7, true, {}, [], 'a b', 'ü', '\n', 'x'.repeat(129)]) {
    it(`[P5] describes a forward that can be no connectionId: ${JSON.stringify(forward).slice(0, 40)}`, () => {
      const reason = 'forward must be a connectionId';
      expect(parsePlainRequest(JSON.stringify({ forward, data: 'x' }))).toEqual({
        type: 'malformed',
        reason,
      });
    });
  }

  it('[P5] describes a message without data', () => {
    const reason = 'data is missing: it must be the message to forward';
    expect(parsePlainRequest('{"forward":"B="}')).toEqual({ type: 'malformed', reason });
  });

  for (const source of NOT_OBJECTS) {
    it(`[P5] describes what is no JSON object: ${JSON.stringify(source)}`, () => {
      expect(parsePlainRequest(source).type).toBe('malformed');
    });
  }
});

describe('parseUnrouted', () => {
  it('[P4] says what action must be, and keeps the id', () => {
    const reason = 'action must be sendMessageRoute';
    expect(parseUnrouted('{}')).toEqual({ type: 'unrouted', reason });
    expect(parseUnrouted('{"action":"sing","id":"m1"}')).toEqual({ type: 'unrouted', reason, id: 'm1' });
  });

  for (const source of NOT_OBJECTS) {
    it(`[P4] describes what is no JSON object: ${JSON.stringify(source)}`, () => {
      expect(parseUnrouted(source).type).toBe('malformed');
    });
  }
});

describe('parsePlace', () => {
  for (const [query, place] of [
    [{}, { room: 'lobby' }],
    [{ name: '' }, { room: 'lobby' }],
    [
      { room: 'a-Z_9', name: 'Ann 🐙', color: 'red' },
      { room: 'a-Z_9', name: 'Ann 🐙' },
    ],
    [{ name: '蛸'.repeat(64) }, { room: 'lobby', name: '蛸'.repeat(64) }],
  ] as const) {
    it(`[P2] reads ${JSON.stringify(query)}`, () => {
      expect<object>(parsePlace(query)).toEqual({ type: 'place', ...place });
    });
  }

  for (const query of [
    { room: '' },
    { room: 'a b' },
    { room: 'x'.repeat(65) },
    { room: 'ü' },
    { name: 'x'.repeat(65) },
    { name: 'a\nb' },
    { name: 'a\u2028b' },
    { name: '\u0000' },
  ]) {
    it(`[P2] refuses ${JSON.stringify(query).slice(0, 40)}`, () => {
      expect(parsePlace(query).type).toBe('malformed');
    });
  }
});

describe('chooseDialect', () => {
  for (const [offered, dialect] of [
    [undefined, 'plain'],
    ['', 'plain'],
    ['hello-websocket.v1', 'v1'],
    ['other, hello-websocket.v1', 'v1'],
    ['other,hello-websocket.v1,more', 'v1'],
    ['hello-websocket.plain', 'plain'],
    ['bearer.x, hello-websocket.plain', 'plain'],
    ['hello-websocket.plain, hello-websocket.v1', 'v1'],
    ['other', undefined],
    ['bearer.x', undefined],
    ['HELLO-WEBSOCKET.V1', undefined],
    ['hello-websocket.v1x', undefined],
  ] as const) {
    it(`[P1] makes ${dialect ?? 'nothing'} of offer ${String(offered)}`, () => {
      expect(chooseDialect(offered)).toBe(dialect);
    });
  }
});

describe('byteLength', () => {
  it('[P6] counts UTF-8 bytes, not characters', () => {
    expect(byteLength('a')).toBe(1);
    expect(byteLength('蛸')).toBe(3);
    expect(byteLength('🐙')).toBe(4);
    expect(byteLength('蛸'.repeat(MAX_FRAME_BYTES / 2))).toBeGreaterThan(MAX_FRAME_BYTES);
  });
});
