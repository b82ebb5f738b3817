import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { freePort, listenAt } from './listen.ts';

describe('a port', () => {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });

  /** Occupies any port of `host`. */
  async function occupy(host: string): Promise<number> {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    cleanups.push(async () => {
      server.close();
      await once(server, 'close');
    });
    return (server.address() as AddressInfo).port;
  }

  for (const host of ['127.0.0.1', '::1']) {
    it(`that somebody listens at on ${host} is taken, for localhost may mean it`, async () => {
      const port = await occupy(host);
      const taken = `Port ${port} is taken: choose another with --port, or 0 for any free one`;
      await expectAsync(freePort(port, '--port')).toBeRejectedWithError(taken);
      const server = createHttpServer();
      await expectAsync(listenAt(server, port, { flag: '--port' })).toBeRejectedWithError(taken);
      expect(server.listening).toBeFalse();
    });
  }

  it('that was found free can be listened at, and is free again afterwards', async () => {
    const port = await freePort(0, '--port');
    expect(await freePort(port, '--port')).toBe(port);
    const { stop, port: same } = await listenAt(createHttpServer(), port, { flag: '--port' });
    expect(same).toBe(port);
    await stop();
    expect(await freePort(port, '--port')).toBe(port);
  });

  it('is let go when the further address is none of this machine', async () => {
    const server = createHttpServer();
    // A block of addresses that documentation uses and no machine has.
    await expectAsync(listenAt(server, 0, { flag: '--port', host: '192.0.2.1' })).toBeRejectedWithError(
      '192.0.2.1 is no address of this machine: --host takes one of those, or none for all',
    );
    expect(server.listening).toBeFalse();
  });
});
