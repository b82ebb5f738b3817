import { describe, expect, it } from './fixtures.ts';
import { forgetful } from './forgetful.ts';
import { disconnect } from './gateway-api.ts';
import type { Peer } from './peer.ts';

/** The shortest pauses before a page reconnects. */
const EAGER = { chance: 0 };

const pingsOf = ({ frames }: Peer): number =>
  frames.filter((frame) => frame.includes('"type":"ping"')).length;

describe('between two pages', () => {
  it('the limit of a connection is invisible: nothing is lost, nothing comes twice, nobody is disconnected', async ({
    join,
    runner,
  }) => {
    const { configUrl } = await runner({ flags: ['--max-duration', '6s'] });
    const ann = await join('Ann', { configUrl });
    const bob = await join('Bob', { configUrl });
    await ann.select('Bob');
    await bob.select('Ann');
    const statuses = await Promise.all([ann.watchStatus(), bob.watchStatus()]);

    const talk = async (peer: Peer): Promise<string[]> => {
      const said: string[] = [];
      const ids = new Set<string>();
      // Its first connection, and two more that took over.
      while (ids.size < 3) {
        const text = `number ${said.length}`;
        await peer.send(text);
        said.push(text);
        ids.add(await peer.ownId());
      }
      return said;
    };
    const [byAnn, byBob] = await Promise.all([talk(ann), talk(bob)]);
    await expect.poll(() => bob.heard()).toEqual(byAnn);
    await expect.poll(() => ann.heard()).toEqual(byBob);
    await expect(ann.page.getByText('Delivered')).toHaveCount(byAnn.length);
    expect(await Promise.all(statuses.map((said) => said()))).toEqual([['Connected'], ['Connected']]);
  });

  it('the idle limit is invisible [P13]', async ({ join, runner }) => {
    const { configUrl } = await runner({ flags: ['--idle-timeout', '2s'] });
    const ann = await join('Ann', { configUrl });
    const bob = await join('Bob', { configUrl });
    const ids = [await ann.ownId(), await bob.ownId()];
    const statuses = await Promise.all([ann.watchStatus(), bob.watchStatus()]);
    // Each is 1.8 s after the one before.
    await expect.poll(() => Math.min(pingsOf(ann), pingsOf(bob))).toBeGreaterThan(1);
    expect([await ann.ownId(), await bob.ownId()]).toEqual(ids);
    expect(await Promise.all(statuses.map((said) => said()))).toEqual([['Connected'], ['Connected']]);
  });

  describe('when a network is lost', () => {
    it.use({ tolerated: /WebSocket connection to .* failed|ERR_INTERNET_DISCONNECTED/ });

    it('the page says that it is offline, queues, and sends everything once and in order afterwards', async ({
      cable,
      join,
    }) => {
      const ann = await join('Ann', { ...EAGER, webSocket: cable.url });
      const bob = await join('Bob');
      await ann.select('Bob');
      await bob.select('Ann');
      await ann.send('one');
      await expect(bob.messages).toHaveText(['one']);

      await ann.page.context().setOffline(true);
      // The switch leaves sockets that are open as they are; the network does not.
      cable.cut();
      await expect(ann.status).toHaveText('Offline');
      await expect(ann.page.getByText('This device has no network.', { exact: false })).toBeVisible();
      await ann.send('two');
      await ann.send('three');
      await expect(ann.page.getByText('Queued', { exact: true })).toHaveCount(2);
      await expect(bob.page.getByText('Ann has left', { exact: false })).toBeVisible();
      await bob.send('four');
      await expect(bob.lastLine).toContainText('Queued');

      cable.mend();
      await ann.page.context().setOffline(false);
      await ann.connected();
      await expect(ann.page.getByText('Delivered')).toHaveCount(3);
      await expect(bob.page.getByText('Delivered')).toHaveCount(1);
      await expect.poll(() => bob.heard()).toEqual(['one', 'two', 'three']);
      await expect.poll(() => ann.heard()).toEqual(['four']);
    });
  });

  it('a tab that was frozen in the background comes back, and has missed nothing', async ({
    join,
    stack,
  }) => {
    const ann = await join('Ann', EAGER);
    const bob = await join('Bob');
    await bob.select('Ann');
    await ann.select('Bob');
    const annId = await ann.ownId();
    const browser = await ann.page.context().newCDPSession(ann.page);
    await browser.send('Page.setWebLifecycleState', { state: 'frozen' });
    await bob.send('You cannot hear this yet');
    await disconnect(stack.management, annId);
    await expect(bob.page.getByText('Ann has left', { exact: false })).toBeVisible();
    await bob.send('Nor this');
    await browser.send('Page.setWebLifecycleState', { state: 'active' });
    await ann.connected();
    await expect.poll(() => ann.heard()).toEqual(['You cannot hear this yet', 'Nor this']);
    expect(await ann.ownId()).not.toBe(annId);
    await expect(bob.page.getByText('Delivered')).toHaveCount(2);
  });

  describe('when the server is killed', () => {
    it.use({ tolerated: /WebSocket connection to .* failed/ });

    it('and comes back with its tables, everything arrives', async ({ join, runner }) => {
      const server = await runner({ keepsTables: true });
      const ann = await join('Ann', { ...EAGER, configUrl: server.configUrl });
      const bob = await join('Bob', { ...EAGER, configUrl: server.configUrl });
      await ann.select('Bob');
      await bob.select('Ann');
      await ann.send('one');
      await bob.send('two');
      await expect(ann.messages).toHaveText(['one', 'two']);
      // What is on its way when it happens has no receipt.
      await server.faults({ delayMs: 60_000 });
      await ann.send('three');
      await expect(ann.lastLine).toContainText('Sent');
      await server.kill();
      await expect(ann.status).not.toHaveText('Connected');
      await ann.send('four');
      await expect(ann.lastLine).toContainText('Queued');
      await expect(bob.status).not.toHaveText('Connected');
      await bob.send('five');

      await server.startAgain();
      await expect.poll(() => bob.heard()).toEqual(['one', 'three', 'four']);
      await expect.poll(() => ann.heard()).toEqual(['two', 'five']);
      await expect(ann.page.getByText('Delivered')).toHaveCount(3);
      await expect(bob.list.getByRole('button')).toHaveCount(1);
    });

    it('and has forgotten everything, the sender is told what is not confirmed, and what never went out', async ({
      join,
      runner,
    }) => {
      const server = await runner();
      const opening = { ...EAGER, configUrl: server.configUrl, resumeWindowMs: 3000 };
      const ann = await join('Ann', opening);
      const bob = await join('Bob', opening);
      await ann.select('Bob');
      await ann.send('one');
      await expect(ann.lastLine).toContainText('Delivered');
      await server.faults({ delayMs: 60_000 });
      await ann.send('two');
      await expect(ann.lastLine).toContainText('Sent');
      await server.kill();
      await expect(ann.status).not.toHaveText('Connected');
      await ann.send('three');
      await server.startAgain();
      await ann.connected();
      await bob.connected();
      const said = ann.page.getByRole('region', { name: 'Messages with Bob' }).locator('.line');
      await expect(said.nth(1)).toContainText('Unconfirmed');
      await expect(said.nth(2)).toContainText('Not delivered (not-sent)');
      await expect(said.nth(2).getByRole('button', { name: 'Try again' })).toBeVisible();
    });
  });

  it('a message whose receipt never comes is unconfirmed in the end, and never shown twice when tried again', async ({
    join,
    runner,
  }) => {
    const { configUrl } = await runner();
    const { promise: recovering, resolve } = Promise.withResolvers<() => void>();
    const ann = await join('Ann', {
      ...{ configUrl, resumeWindowMs: 2000 },
      before: (page) => forgetful(page, 'receipt').then(resolve),
    });
    const bob = await join('Bob', { configUrl });
    await ann.select('Bob');
    await bob.select('Ann');
    await ann.send('Do you hear me?');
    await expect(ann.lastLine).toContainText('Unconfirmed');
    const recover = await recovering;
    recover();
    await ann.lastLine.getByRole('button', { name: 'Try again' }).click();
    await expect(ann.lastLine).toContainText('Delivered');
    expect(await bob.heard()).toEqual(['Do you hear me?']);
  });
});
