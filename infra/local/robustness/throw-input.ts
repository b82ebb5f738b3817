import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Input } from './input.ts';
import { handshake } from './wire.ts';

/** The longest that the runner may take to end a socket whose other end has been closed. */
const PATIENCE_MS = 20_000;
const MOST_KEPT = 64 * 1024;

/** A socket that was left open, and will say no more. */
export interface Vanished {
  readonly socket: Socket;
  readonly upgraded: boolean;
}

/** Throws one input at the port; a sentence when what came back is wrong. `vanished` gets the sockets that are left open. */
export async function throwInput(
  input: Input,
  port: number,
  vanished: Vanished[],
): Promise<string | undefined> {
  const { upgraded, writes, ending, expected } = input;
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  // The runner resets a client that breaks the protocol; that is one of its answers.
  socket.on('error', () => undefined);
  const heard = hear(socket);
  await once(socket, 'connect');
  if (upgraded) {
    socket.write(handshake(port));
    await heard.until((bytes) => bytes.includes('\r\n\r\n'));
    if (heard.status() !== 101) return `a handshake was answered with ${heard.status() ?? 'nothing'}`;
  }
  for (const bytes of writes) {
    socket.write(withPort(bytes, port));
    if (writes.length > 1) await new Promise(setImmediate);
  }
  if (ending === 'reset') {
    socket.resetAndDestroy();
    return undefined;
  }
  if (ending === 'vanish') {
    vanished.push({ socket, upgraded });
    return undefined;
  }
  socket.end();
  if (!(await heard.ended)) return `the socket was not closed within ${PATIENCE_MS} ms`;
  return upgraded
    ? wrongClose(heard.bytes(), expected.codes)
    : wrongStatus(heard.status(), expected.statuses);
}

function wrongStatus(
  status: number | undefined,
  statuses: readonly number[] | undefined,
): string | undefined {
  if (statuses !== undefined && !statuses.includes(status ?? 0))
    return `answered with ${status ?? 'nothing'} and not ${statuses.join(' or ')}`;
  return (status ?? 0) >= 500 ? `answered with ${status ?? 'nothing'}` : undefined;
}

function wrongClose(bytes: Buffer, codes: readonly (number | undefined)[] | undefined): string | undefined {
  const code = closeCode(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4));
  return codes !== undefined && !codes.includes(code)
    ? `closed with ${code ?? 'no close frame'} and not ${codes.map((one) => one ?? 'none').join(' or ')}`
    : undefined;
}

/** The code in the close frame, if one is among the server's frames; 1005 for one without a code. */
function closeCode(bytes: Buffer): number | undefined {
  for (let at = 0; at + 2 <= bytes.length;) {
    const size = bytes.readUInt8(at + 1);
    const long = size === 126;
    const length = long ? bytes.readUInt16BE(at + 2) : size;
    const begin = at + (long ? 4 : 2);
    if (bytes.readUInt8(at) === 0x88) return length < 2 ? 1005 : bytes.readUInt16BE(begin);
    at = begin + length;
  }
  return undefined;
}

/** Keeps what a socket says. */
function hear(socket: Socket) {
  const kept: Buffer[] = [];
  let length = 0;
  socket.on('data', (bytes: Buffer) => {
    if (length < MOST_KEPT) kept.push(bytes);
    length += bytes.length;
  });
  const bytes = (): Buffer => Buffer.concat(kept);
  const { promise: ended, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), PATIENCE_MS).unref();
  socket.once('close', () => {
    clearTimeout(timer);
    resolve(true);
  });
  return {
    bytes,
    ended,
    status: (): number | undefined => {
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(bytes().toString('latin1', 0, 20))?.[1];
      return status === undefined ? undefined : Number(status);
    },
    /** Until the bytes are enough, or no more will come. */
    async until(enough: (bytes: Buffer) => boolean): Promise<void> {
      while (!enough(bytes())) {
        const over = await Promise.race([once(socket, 'data').then(() => false), ended.then(() => true)]);
        if (over) return;
      }
    },
  };
}

function withPort(bytes: Buffer, port: number): Buffer {
  const at = bytes.subarray(0, 400).indexOf('PORT');
  return at < 0
    ? bytes
    : Buffer.concat([bytes.subarray(0, at), Buffer.from(String(port)), bytes.subarray(at + 4)]);
}
