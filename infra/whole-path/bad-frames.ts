import { ACTION } from '#protocol';

export const NOT_JSON = 'the frame is not JSON';
export const NO_OBJECT = 'the frame is not a JSON object';
export const NO_ROUTE = 'action must be sendMessageRoute';
export const GONE = 'no connection has that id, or it has closed';
export const NO_ADDRESS = 'forward must be a connectionId';

/** Frames that mean the same in both dialects. */
export const WITHOUT_A_ROUTE = [
  ['is empty', '', 'invalid', NOT_JSON],
  ['is not JSON', 'hello?', 'invalid', NOT_JSON],
  ['is JSON cut short', '{"action":"sendMessageRoute"', 'invalid', NOT_JSON],
  ['is a JSON string', '"hello"', 'invalid', NO_OBJECT],
  ['is a JSON number', '42', 'invalid', NO_OBJECT],
  ['is a JSON array', `[{"action":"${ACTION}"}]`, 'invalid', NO_OBJECT],
  ['is null', 'null', 'invalid', NO_OBJECT],
  ['has no action', '{"data":"hello"}', 'unknown-route', NO_ROUTE],
  ['has an empty action', '{"action":""}', 'unknown-route', NO_ROUTE],
  ['has an unknown action', '{"action":"sendmessageroute"}', 'unknown-route', NO_ROUTE],
  ['has an action that is no text', '{"action":{"sendMessageRoute":1}}', 'unknown-route', NO_ROUTE],
  ['names $connect', '{"action":"$connect"}', 'unknown-route', NO_ROUTE],
  ['names $default', '{"action":"$default"}', 'unknown-route', NO_ROUTE],
] as const;

export const FOR_A_TERMINAL = [
  ['has no data', { forward: 'AAAAAAAAAAAAAAA=' }, 'data is missing: it must be the message to forward'],
  ['has a forward of another type', { forward: 5, data: 'hello' }, NO_ADDRESS],
  ['has a forward that is an object', { forward: {}, data: 'hello' }, NO_ADDRESS],
  ['has a forward with a space', { forward: 'not an id', data: 'hello' }, NO_ADDRESS],
  ['has a forward of 129 characters', { forward: 'A'.repeat(129), data: 'hello' }, NO_ADDRESS],
  ['has a forward that never existed', { forward: 'AAAAAAAAAAAAAAA=', data: 'hello' }, GONE],
  ['has a forward that cannot be one of API Gateway', { forward: '../@connections', data: 'hello' }, GONE],
] as const;

const TYPES = 'type must be one of hello, message, receipt, ping';
export const MESSAGE = {
  type: 'message',
  forward: 'AAAAAAAAAAAAAAA=',
  id: 'm1',
  stream: 's1',
  seq: 0,
  base: 0,
  data: 'x',
};
export const FOR_A_PROGRAM = [
  ['has no type', { data: 'hello' }, 'invalid', TYPES],
  ['has an unknown type', { type: 'welcome', id: 'w1' }, 'invalid', TYPES, 'w1'],
  ['has a type that is no text', { type: ['ping'], id: 'p1' }, 'invalid', TYPES, 'p1'],
  [
    'is a message without data',
    { ...MESSAGE, data: undefined },
    'invalid',
    'data is missing: it must be a string',
    'm1',
  ],
  ['is a message with wrong data', { ...MESSAGE, data: 5 }, 'invalid', 'data must be a string', 'm1'],
  [
    'is a message with a wrong seq',
    { ...MESSAGE, seq: '0' },
    'invalid',
    'seq must be a whole number from 0 on',
    'm1',
  ],
  [
    'is a message with base over seq',
    { ...MESSAGE, base: 1 },
    'invalid',
    'base must not be greater than seq',
    'm1',
  ],
  [
    'is a message without id',
    { ...MESSAGE, id: undefined },
    'invalid',
    'id is missing: it must be 1 to 64 of A-Z a-z 0-9 _ -',
  ],
  [
    'is a message with a wrong id',
    { ...MESSAGE, id: 'a b' },
    'invalid',
    'id must be 1 to 64 of A-Z a-z 0-9 _ -',
  ],
  [
    'is a message without forward',
    { ...MESSAGE, forward: undefined },
    'invalid',
    'forward is missing: it must be a connectionId',
    'm1',
  ],
  [
    'is a message with a malformed forward',
    { ...MESSAGE, forward: 'not an id' },
    'invalid',
    NO_ADDRESS,
    'm1',
  ],
  ['is a message to one that never existed', MESSAGE, 'gone', GONE, 'm1'],
  ['is a message to what no id can be', { ...MESSAGE, forward: '../@connections' }, 'gone', GONE, 'm1'],
  [
    'is a receipt with wrong ids',
    { type: 'receipt', forward: 'A', ids: 'm1' },
    'invalid',
    'ids must be a list of up to 100 ids',
  ],
  [
    'is a ping without id',
    { type: 'ping' },
    'invalid',
    'id is missing: it must be 1 to 64 of A-Z a-z 0-9 _ -',
  ],
  [
    'is a second hello',
    { type: 'hello', room: 'lobby' },
    'invalid',
    'room must be the room of the connection',
  ],
] as const;
