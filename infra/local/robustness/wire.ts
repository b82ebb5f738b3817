import { randomBytes } from 'node:crypto';

/** Bytes of HTTP and WebSocket, by hand: a library would refuse to send most of what is sent here. */

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A handshake as it should be. */
export const handshake = (port: number): string =>
  `GET /test HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

export interface FrameShape {
  readonly fin?: boolean;
  /** Bits of RSV1 to RSV3. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** What the header says, where it is not the truth. */
  readonly claimedLength?: number | bigint;
}

/** A frame of a client, right or wrong. */
export function clientFrame(
  opcode: number,
  payload: Buffer,
  { fin = true, reserved = 0, masked = true, claimedLength = payload.length }: FrameShape = {},
): Buffer {
  const first = Buffer.from([(fin ? 0x80 : 0) | (reserved << 4) | opcode]);
  if (!masked) return Buffer.concat([first, lengthBytes(claimedLength, 0), payload]);
  const mask = randomBytes(4);
  const hidden = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([first, lengthBytes(claimedLength, 0x80), mask, hidden]);
}

function lengthBytes(length: number | bigint, maskBit: number): Buffer {
  if (length < 126) return Buffer.from([maskBit | Number(length)]);
  if (length < 65_536) {
    const bytes = Buffer.from([maskBit | 126, 0, 0]);
    bytes.writeUInt16BE(Number(length), 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9);
  bytes[0] = maskBit | 127;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
