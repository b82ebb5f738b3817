import { randomInt } from 'node:crypto';
import { randomPart } from '../random.ts';

/** The eighth byte tells requests from connections and messages (PARITY I2). */
const REQUEST = 0x05;
const CONNECTION = 0x02;
/** AWS counts ticks of about 25 ms, so that ids sort by time (PARITY I4). */
const TICK_MS = 25;

const cell = Uint8Array.from(randomPart(2));
let counter = randomInt(0x1_0000);

/** 11 bytes as 16 characters: `^[A-Za-z0-9_-]{15}=$` (PARITY I1). */
function identifier(kind: number, tail: Uint8Array): string {
  const bytes = Buffer.alloc(11);
  bytes.writeUInt32BE(Math.floor(Date.now() / TICK_MS) % 0x1_0000_0000, 0);
  counter = (counter + 1) % 0x1_0000;
  bytes.writeUInt16BE(counter, 4);
  bytes.set(cell, 6);
  bytes[8] = kind;
  bytes.set(tail, 9);
  return `${bytes.toString('base64url')}=`;
}

export const newConnectionId = (): string => identifier(CONNECTION, randomPart(2));
export const newRequestId = (): string => identifier(REQUEST, randomPart(2));
/** Ends in the bytes that its connection's id ends in (PARITY I3). */
export const newMessageId = (connectionId: string): string =>
  identifier(CONNECTION, Buffer.from(connectionId.slice(0, -1), 'base64url').subarray(9, 11));

export const isConnectionId = (id: string): boolean => /^[A-Za-z0-9_-]{15}=$/.test(id);
