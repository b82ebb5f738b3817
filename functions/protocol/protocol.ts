/**
 * The wire contract between the page and the functions: every frame, every limit, every parser.
 * PROTOCOL.md beside this file says the same in words; its rule numbers ([P1], [P2], …) name the rules here.
 */

/** The WebSocket subprotocol that chooses the `v1` dialect [P1]. */
export const SUBPROTOCOL = 'hello-websocket.v1';

/** The one that chooses `plain`, for a terminal that has something else to offer: a token or an invitation [P1]. */
export const PLAIN_SUBPROTOCOL = 'hello-websocket.plain';

/** Before the token in the subprotocol by which a client signs in [P27]. */
export const TOKEN_PREFIX = 'bearer.';

/** Whether a room of that name is entered by invitation alone [P28]; `invitation.ts` says how. */
export const isMembersOnly = (room: string): boolean => /^m-[A-Za-z0-9_-]{43}$/.test(room);

/** The value of `action` that API Gateway routes to `onmessage` [P4]. */
export const ACTION = 'sendMessageRoute';

/** API Gateway closes a socket with 1009 on a frame of more bytes than this [P6]. */
export const MAX_FRAME_BYTES = 32_768;

/** Bytes that the server may add to a message between the sender's frame and the peer's [P6]. */
export const ENVELOPE_BYTES = 256;

/** The room of a connection that names none [P2]. */
export const DEFAULT_ROOM = 'lobby';

/** How long a session can be resumed after its connection was found lost, in milliseconds [P15]. */
export const RESUME_WINDOW_MS = 5 * 60_000;

/** How often a v1 client says `ping`: inside API Gateway's idle limit of 10 minutes, in milliseconds [P13]. */
export const PING_INTERVAL_MS = 9 * 60_000;

/** `plain` is the source article's dialect (text), `v1` is JSON both ways [P1]. */
export type Dialect = 'plain' | 'v1';

/** What every connection of a room may know of another. An explicit projection: no key ever stands in it [P9]. */
export interface Peer {
  readonly connectionId: string;
  /** Public random id of a conversation partner; outlives its connections. */
  readonly session: string;
  /** A label for people; absent when none was given. */
  readonly name?: string;
  /** Who has signed in; absent where nobody has to [P27]. */
  readonly subject?: string;
  readonly dialect: Dialect;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
}

/** Where a message stands in one direction of one conversation. */
export interface Position {
  readonly stream: string;
  readonly seq: number;
  /** The lowest `seq` of the stream that its sender has not settled. */
  readonly base: number;
}

// Client to server. On the wire each also carries `action: ACTION` [P4].

export interface Hello {
  readonly type: 'hello';
  readonly room: string;
  readonly resume?: Resume;
}
/** What brings a session back to a new connection [P15]. */
export interface Resume {
  readonly session: string;
  readonly key: string;
}
export interface MessageRequest extends Position {
  readonly type: 'message';
  readonly forward: string;
  readonly id: string;
  readonly data: string;
}
export interface ReceiptRequest {
  readonly type: 'receipt';
  readonly forward: string;
  readonly ids: readonly string[];
}
export interface Ping {
  readonly type: 'ping';
  readonly id: string;
  /** The connectionIds that the client knows; with it `pong` describes the others [P13]. */
  readonly known?: readonly string[];
}
export type ClientFrame = Hello | MessageRequest | ReceiptRequest | Ping;

// Server to client.

export interface Welcome {
  readonly type: 'welcome';
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly room: string;
  readonly session: string;
  /** Secret: lets the holder move `session` to a new connection. */
  readonly resumeKey: string;
  readonly recovered: boolean;
  readonly peers: readonly Peer[];
  /** This frame's place among the `pages` that together list all peers, counted from 1 [P8]. */
  readonly page: number;
  readonly pages: number;
  readonly build: string;
}
export interface Joined {
  readonly type: 'joined';
  readonly peer: Peer;
}
export interface Left {
  readonly type: 'left';
  readonly connectionId: string;
}
/** A message as its receiver gets it. One from a plain peer has no position [P33]. */
export interface Message extends Partial<Position> {
  readonly type: 'message';
  readonly from: string;
  readonly session: string;
  /** Who has signed in at the sender's end [P27]. */
  readonly subject?: string;
  readonly id: string;
  readonly data: string;
  /** Milliseconds since the epoch, stamped by the server. */
  readonly sentAt: number;
}
export interface Receipt {
  readonly type: 'receipt';
  readonly from: string;
  readonly session: string;
  readonly ids: readonly string[];
}
export const REFUSAL_CODES = [
  'gone',
  'too-large',
  'throttled',
  'timeout',
  'invalid',
  'unknown-route',
  'not-member',
  'room-full',
  'failed',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
export interface Refused {
  readonly type: 'refused';
  /** The `id` of the frame refused; absent when it had none that could be read. */
  readonly id?: string;
  readonly code: RefusalCode;
  /** `receiver` where a `not-member` is on account of the receiver's room and not of the sender's place [P28]. */
  readonly about?: string;
  /** One sentence for people. */
  readonly reason: string;
}
export interface Pong {
  readonly type: 'pong';
  readonly id: string;
  /** The connectionIds listed in the room at that moment, the receiver's own included. */
  readonly listed: readonly string[];
  /** Those of them that the ping did not name in `known`, as many as fit into the frame [P13]. */
  readonly peers?: readonly Peer[];
}
export type ServerFrame = Welcome | Joined | Left | Message | Receipt | Refused | Pong;

// What a parser makes of a text that is none of the above.

/** A text that breaks the contract, described. Never on the wire. */
export interface Malformed {
  readonly type: 'malformed';
  readonly reason: string;
  readonly id?: string;
}
/** A frame of API Gateway's own: JSON with a `message` and no `type` [P41]. */
export interface GatewayTrouble {
  readonly type: 'gateway-trouble';
  readonly message: string;
  readonly requestId?: string;
}

/** A message of the plain dialect: without a `forward` its sender asks who it is [P30]. */
export type PlainRequest =
  | { readonly type: 'who-am-i' }
  | { readonly type: 'message'; readonly forward: string; readonly data: string };

// Rules for single values.

interface Rule<T> {
  readonly wants: string;
  readonly optional?: boolean;
  accepts(value: unknown): value is T;
}
/** A rule for every field of `T`: one that is forgotten here does not compile. */
type Shape<T> = { readonly [K in keyof Omit<T, 'type'>]-?: Rule<T[K] & {}> };
type Rules = Readonly<Record<string, Rule<unknown>>>;
type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const matching = (pattern: RegExp, wants: string): Rule<string> => ({
  wants,
  accepts: (value): value is string => typeof value === 'string' && pattern.test(value),
});
const listOf = <T>(rule: Rule<T>, most: number, wants: string): Rule<readonly T[]> => ({
  wants,
  accepts: (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= most && value.every((item) => rule.accepts(item)),
});
const optional = <T>(rule: Rule<T>): Rule<T> => ({ ...rule, optional: true });
const objectOf = <T>(shape: Shape<T>, wants: string): Rule<T> => ({
  wants,
  accepts: (value): value is T => isObject(value) && problemWith(value, shape) === undefined,
});

const text: Rule<string> = { wants: 'a string', accepts: (value) => typeof value === 'string' };
const flag: Rule<boolean> = { wants: 'true or false', accepts: (value) => typeof value === 'boolean' };
const count: Rule<number> = {
  wants: 'a whole number from 0 on',
  accepts: (value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
};
const token = matching(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of A-Z a-z 0-9 _ -');
// AWS documents no shape for a connectionId, so only what could never be one is refused here.
const address = matching(/^[\x21-\x7e]{1,128}$/, 'a connectionId');
const label = matching(
  /^[^\p{Cc}\p{Zl}\p{Zp}]{1,64}$/u,
  '1 to 64 characters, none of them a control character',
);
// Of bounded size in JSON too, for it counts among what is added to a message [P6].
const subject = matching(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/, 'a subject');
const dialect: Rule<Dialect> = {
  wants: 'plain or v1',
  accepts: (value): value is Dialect => value === 'plain' || value === 'v1',
};
const refusalCode: Rule<RefusalCode> = {
  wants: `one of ${REFUSAL_CODES.join(', ')}`,
  accepts: (value): value is RefusalCode => REFUSAL_CODES.some((code) => code === value),
};
const ids = listOf(token, 100, 'a list of up to 100 ids');
const peer = objectOf<Peer>(
  {
    connectionId: address,
    session: token,
    name: optional(label),
    subject: optional(subject),
    dialect,
    connectedAt: count,
  },
  'a peer',
);
const connectionIds = listOf(address, 1000, 'a list of connectionIds');
const peers = listOf(peer, 1000, 'a list of peers');

// Shapes of whole frames. A field that a shape does not name is ignored [P5].

interface Typed {
  readonly type: string;
}
type Shapes<F extends Typed> = { readonly [T in F['type']]: Shape<Extract<F, { readonly type: T }>> };

const CLIENT_FRAMES: Shapes<ClientFrame> = {
  hello: {
    room: token,
    resume: optional(objectOf<Resume>({ session: token, key: token }, 'an object with a session and a key')),
  },
  message: { forward: address, id: token, stream: token, seq: count, base: count, data: text },
  receipt: { forward: address, ids },
  ping: { id: token, known: optional(connectionIds) },
};

const SERVER_FRAMES: Shapes<ServerFrame> = {
  welcome: {
    connectionId: address,
    connectedAt: count,
    room: token,
    session: token,
    resumeKey: token,
    recovered: flag,
    peers,
    page: count,
    pages: count,
    build: text,
  },
  joined: { peer },
  left: { connectionId: address },
  message: {
    from: address,
    session: token,
    subject: optional(subject),
    id: token,
    stream: optional(token),
    seq: optional(count),
    base: optional(count),
    data: text,
    sentAt: count,
  },
  receipt: { from: address, session: token, ids },
  refused: { id: optional(token), code: refusalCode, about: optional(text), reason: text },
  pong: { id: token, listed: connectionIds, peers: optional(peers) },
};

/** What is wrong with the first field of `fields` that does not fit, as a sentence; undefined when all fit. */
function problemWith(fields: Fields, rules: Rules): string | undefined {
  for (const [name, rule] of Object.entries(rules)) {
    const value = fields[name];
    if (value === undefined && rule.optional) continue;
    if (value === undefined) return `${name} is missing: it must be ${rule.wants}`;
    if (!rule.accepts(value)) return `${name} must be ${rule.wants}`;
  }
  return undefined;
}

const malformed = (reason: string, id?: unknown): Malformed =>
  token.accepts(id) ? { type: 'malformed', reason, id } : { type: 'malformed', reason };

function parseObject(source: string): Fields | string {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    // JSON.parse cannot be asked first, and its own message quotes the input, which belongs in no answer.
    return 'the frame is not JSON';
  }
  return isObject(value) ? value : 'the frame is not a JSON object';
}

function problemWithFrame<F extends Typed>(fields: Fields, shapes: Shapes<F>): string | undefined {
  const found = Object.entries<Rules>(shapes).find(([type]) => type === fields['type']);
  return found === undefined
    ? `type must be one of ${Object.keys(shapes).join(', ')}`
    : problemWith(fields, found[1]);
}

const isFrame = <F extends Typed>(fields: Fields, shapes: Shapes<F>): fields is F & Fields =>
  problemWithFrame(fields, shapes) === undefined;

function parseFrame<F extends Typed>(fields: Fields, shapes: Shapes<F>): F | Malformed {
  if (isFrame(fields, shapes)) return fields;
  return malformed(problemWithFrame(fields, shapes) ?? 'the frame is malformed', fields['id']);
}

// The parsers: total, so any text becomes a frame or a described refusal [P5].

/** Reads a frame of a v1 client. */
export function parseClientFrame(source: string): ClientFrame | Malformed {
  const fields = parseObject(source);
  if (typeof fields === 'string') return malformed(fields);
  const frame = parseFrame(fields, CLIENT_FRAMES);
  if (frame.type === 'message' && frame.base > frame.seq) {
    return malformed('base must not be greater than seq', frame.id);
  }
  return frame;
}

/** Reads a frame of the server, or of API Gateway itself. */
export function parseServerFrame(source: string): ServerFrame | GatewayTrouble | Malformed {
  const fields = parseObject(source);
  if (typeof fields === 'string') return malformed(fields);
  const { type, message, requestId } = fields;
  if (type === undefined && typeof message === 'string') {
    return { type: 'gateway-trouble', message, ...(typeof requestId === 'string' && { requestId }) };
  }
  const frame = parseFrame(fields, SERVER_FRAMES);
  if (frame.type === 'message') {
    const placed = [frame.stream, frame.seq, frame.base].filter((part) => part !== undefined).length;
    if (placed !== 0 && placed !== 3) {
      return malformed('stream, seq and base must come together or not at all', frame.id);
    }
  }
  return frame;
}

/** Reads a frame of a plain client [P30] [P31]. */
export function parsePlainRequest(source: string): PlainRequest | Malformed {
  const fields = parseObject(source);
  if (typeof fields === 'string') return malformed(fields);
  const { forward, data } = fields;
  if (forward === undefined || forward === null || forward === '') return { type: 'who-am-i' };
  if (!address.accepts(forward)) return malformed(`forward must be ${address.wants}`);
  if (data === undefined) return malformed('data is missing: it must be the message to forward');
  return { type: 'message', forward, data: typeof data === 'string' ? data : JSON.stringify(data) };
}

/** A JSON object that no route took, described [P4]. */
export interface Unrouted {
  readonly type: 'unrouted';
  readonly reason: string;
  readonly id?: string;
}

/** Reads a frame that reached the `$default` route [P4]. */
export function parseUnrouted(source: string): Unrouted | Malformed {
  const fields = parseObject(source);
  if (typeof fields === 'string') return malformed(fields);
  const reason = `action must be ${ACTION}`;
  return { ...malformed(reason, fields['id']), type: 'unrouted' };
}

/** Where and under which label a connection asks to stand [P2]. */
export interface Place {
  readonly type: 'place';
  readonly room: string;
  readonly name?: string;
}

/** Reads the query string of a handshake [P2]. An empty `name` is no name. */
export function parsePlace(query: Readonly<Record<string, string | undefined>>): Place | Malformed {
  const { room = DEFAULT_ROOM, name = '' } = query;
  if (!token.accepts(room)) return malformed(`room must be ${token.wants}`);
  if (name !== '' && !label.accepts(name)) return malformed(`name must be ${label.wants}`);
  return { type: 'place', room, ...(name !== '' && { name }) };
}

/** The dialect that the offered subprotocols choose, or undefined when none of them is known [P1]. */
export function chooseDialect(offered: string | undefined): Dialect | undefined {
  const names = (offered ?? '').split(',').map((name) => name.trim());
  if (names.every((name) => name === '')) return 'plain';
  if (names.includes(SUBPROTOCOL)) return 'v1';
  return names.includes(PLAIN_SUBPROTOCOL) ? 'plain' : undefined;
}

/** Whether a token's subject can stand in frames [P27]. */
export const isSubject = (value: unknown): value is string => subject.accepts(value);

/** The length of `source` in UTF-8 bytes, which is what every size limit counts [P6]. */
export const byteLength = (source: string): number => new TextEncoder().encode(source).length;
