import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { clientFrame, handshake, OPCODE } from './wire.ts';
import { runInProcess, type RunnerProcess } from './runner-process.ts';

const MEGABYTE = 1024 * 1024;
/** Of what a client does not read, a megabyte waits here, a few in the kernel, and the rest must not be kept. */
const AT_MOST = 16 * MEGABYTE;

const app = {
  functions: {
    f: {
      code: `export const handler = async ({ requestContext, body }) => ({ body: body + requestContext.connectionId });`,
    },
  },
  routes: { $default: 'f' },
  twoWay: ['$default'],
};

describe('A client that stops reading', () => {
  let runner: RunnerProcess;
  const sockets: Socket[] = [];
  beforeEach(async () => (runner = await runInProcess(app)));
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await runner.remove();
  });

  /** A WebSocket whose bytes nobody takes out of the kernel after this. */
  async function deafClient(): Promise<{ socket: Socket; connectionId: string }> {
    const socket = connect(runner.port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    socket.write(handshake(runner.port));
    let heard = '';
    socket.write(clientFrame(OPCODE.text, Buffer.from('id ')));
    while (!heard.includes('id ')) heard += String((await once(socket, 'data'))[0]);
    socket.pause();
    return { socket, connectionId: heard.slice(-16) };
  }

  /** Sends as fast as the runner takes it. */
  async function pour(socket: Socket, frame: Buffer, bytes: number): Promise<void> {
    const many = Buffer.concat(Array.from({ length: Math.ceil((64 * 1024) / frame.length) }, () => frame));
    for (let sent = 0; sent < bytes; sent += many.length) {
      if (!socket.write(many)) await once(socket, 'drain');
    }
  }

  const grownBytes = async (before: { heapBytes: number; externalBytes: number }): Promise<number> => {
    const { heapBytes, externalBytes } = await runner.holdings();
    return heapBytes + externalBytes - before.heapBytes - before.externalBytes;
  };

  it('[M9] gets posts until a megabyte waits, then they are answered with 429', async () => {
    const { connectionId } = await deafClient();
    const before = await runner.holdings();
    const client = new ApiGatewayManagementApiClient({
      endpoint: runner.managementUrl,
      region: 'local',
      credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
      maxAttempts: 1,
    });
    let taken = 0;
    const post = new PostToConnectionCommand({
      ConnectionId: connectionId,
      Data: randomBytes(64 * 1024).toString('hex'),
    });
    const flood = async (): Promise<void> => {
      for (; taken < 1000; taken++) await client.send(post);
    };
    await expectAsync(flood()).toBeRejectedWith(jasmine.objectContaining({ name: 'LimitExceededException' }));
    client.destroy();
    expect(taken * 128 * 1024).toBeLessThan(AT_MOST);
    expect(await grownBytes(before)).toBeLessThan(AT_MOST);
  });

  it('[Q10] cannot make it keep pongs', async () => {
    const { socket } = await deafClient();
    const before = await runner.holdings();
    await pour(socket, clientFrame(OPCODE.ping, randomBytes(125)), 48 * MEGABYTE);
    expect(await grownBytes(before)).toBeLessThan(AT_MOST);
  });

  it('[R18] [Q13] cannot make it keep replies', async () => {
    const { socket } = await deafClient();
    const before = await runner.holdings();
    const frame = clientFrame(OPCODE.text, Buffer.from(randomBytes(4096).toString('hex')));
    await pour(socket, frame, 32 * MEGABYTE);
    // Frames that wait for the function are kept, and no fault of this client (PARITY L20).
    await untilQuiet(() => grownBytes(before));
    expect(await grownBytes(before)).toBeLessThan(AT_MOST);
  });
});

/** Waits until a figure stops changing much: what was sent has been worked off. */
async function untilQuiet(figure: () => Promise<number>): Promise<void> {
  for (let last = Infinity, now = await figure(); Math.abs(now - last) > MEGABYTE / 8; now = await figure()) {
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
