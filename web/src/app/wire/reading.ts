import {
  type ClientFrame,
  type GatewayTrouble,
  type Malformed,
  parseClientFrame,
  parseServerFrame,
  type Peer,
  type ServerFrame,
} from '#protocol';
import type { WireKind } from './wire-entry.ts';

/** What can be said of a frame from its text alone. */
export interface Reading {
  readonly kind: WireKind;
  /** What is written in the frame of the other side: a session, or a connectionId. */
  readonly peer?: { readonly session: string } | { readonly connectionId: string };
  readonly messageId?: string;
  /** The address that a `welcome` tells. */
  readonly connectionId?: string;
  /** Under which it will be answered. */
  readonly asks?: string;
  /** What it answers. */
  readonly answers?: readonly string[];
  /** Those whom it describes. */
  readonly peers?: readonly Peer[];
}

const HELLO = 'hello';
const WITHOUT_TYPE = /^\s*\{(?![^]*"type"\s*:)/;

/** Reads a frame that went out. */
export function readOutgoing(text: string): Reading {
  const frame: ClientFrame | Malformed = parseClientFrame(text);
  switch (frame.type) {
    case 'hello':
      return { kind: 'hello', asks: HELLO };
    case 'message':
      return {
        kind: 'message',
        peer: { connectionId: frame.forward },
        messageId: frame.id,
        asks: frame.id,
      };
    case 'receipt':
      return { kind: 'receipt', peer: { connectionId: frame.forward }, ...firstOf(frame.ids) };
    case 'ping':
      return { kind: 'ping', asks: frame.id };
    case 'malformed':
      return { kind: WITHOUT_TYPE.test(text) ? 'plain' : 'malformed' };
  }
}

/** Reads a frame that came in. */
export function readIncoming(text: string): Reading {
  const frame: ServerFrame | GatewayTrouble | Malformed = parseServerFrame(text);
  switch (frame.type) {
    case 'welcome':
      return {
        kind: 'welcome',
        connectionId: frame.connectionId,
        answers: [HELLO],
        peers: frame.peers,
      };
    case 'joined':
      return { kind: 'joined', peer: { session: frame.peer.session }, peers: [frame.peer] };
    case 'left':
      return { kind: 'left', peer: { connectionId: frame.connectionId } };
    case 'message':
      return { kind: 'message', peer: { session: frame.session }, messageId: frame.id };
    case 'receipt':
      return {
        kind: 'receipt',
        peer: { session: frame.session },
        answers: frame.ids,
        ...firstOf(frame.ids),
      };
    case 'refused': {
      const { id } = frame;
      return { kind: 'refused', answers: [id ?? HELLO], ...(id !== undefined && { messageId: id }) };
    }
    case 'pong':
      return { kind: 'pong', answers: [frame.id], ...(frame.peers && { peers: frame.peers }) };
    case 'gateway-trouble':
      return { kind: 'gateway' };
    case 'malformed':
      return { kind: text.startsWith('{') ? 'malformed' : 'plain' };
  }
}

const firstOf = ([messageId]: readonly string[]): Pick<Reading, 'messageId'> =>
  messageId === undefined ? {} : { messageId };
