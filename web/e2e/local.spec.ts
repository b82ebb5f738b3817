import type { Locator } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';
import type { Peer } from './peer.ts';

const instrument = async (peer: Peer, name: string): Promise<Locator> => {
  await peer.page.getByRole('tab', { name }).click();
  return peer.page.getByRole('tabpanel', { name });
};

describe('a page with a local runner behind it', () => {
  // Its faults are those of everybody who uses this runner.
  it.afterEach(async ({ stack }) => {
    const url = new URL('/_local/faults', stack.management);
    const faults = (await (await fetch(url)).json()) as Record<string, number>;
    const none = Object.fromEntries(Object.keys(faults).map((name) => [name, 0]));
    await fetch(url, { method: 'POST', body: JSON.stringify(none) });
  });

  it('shows the way of a message, hop by hop', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    const hops = (await instrument(ann, 'Hops')).getByRole('listitem');
    // It came here by $connect and a hello, which read and wrote the table.
    await expect(hops.filter({ hasText: 'Table' }).first()).toBeVisible();
    await ann.select('Bob');
    await ann.send('Which way?');
    await expect(hops.filter({ hasText: 'Page to gateway' })).toContainText(/\d bytes.* m?s$/);
    await expect(hops.filter({ hasText: 'Gateway route' })).toContainText(
      /route sendMessageRoute [\d.]+ ms$/,
    );
    await expect(hops.filter({ hasText: 'Function' })).toContainText(
      /onmessage, (warm|cold start) [\d.]+ ms$/,
    );
    await expect(hops.filter({ hasText: 'Post' })).toContainText(/Bob [\d.]+ ms$/);
    await expect(hops.filter({ hasText: 'Gateway to page' })).toContainText('Bob, ');
    // At Bob's it is the way of what came in.
    const his = (await instrument(bob, 'Hops')).getByRole('listitem');
    await expect(his.filter({ hasText: 'Gateway to page' })).toContainText(/Bob, \d+ bytes .*m?s$/);
  });

  it('doubles every frame when it is told to, and shows each message once all the same [X9]', async ({
    join,
  }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    const faults = await instrument(ann, 'Faults');
    await faults.getByRole('slider', { name: 'Duplicate' }).fill('1');
    await faults.getByRole('switch', { name: 'Duplicate' }).click();
    for (const { page } of [ann, bob])
      await expect(page.getByRole('status').filter({ hasText: 'Faults on: Duplicate' })).toBeVisible();
    await bob.select('Ann');
    await ann.select('Bob');
    for (const text of ['one', 'two', 'three']) await ann.send(text);
    await expect(bob.messages).toHaveText(['one', 'two', 'three']);
    await expect(ann.lastLine).toContainText('Delivered');
    const hops = (await instrument(ann, 'Hops')).getByRole('listitem');
    await expect(hops.filter({ hasText: 'Gateway to page' })).toHaveCount(2);
    await bob.page.getByRole('button', { name: 'All off' }).click();
    await expect(ann.page.getByText('Faults on:')).toBeHidden();
  });

  describe('that drops every connection', () => {
    it.use({ tolerated: /WebSocket connection to .* failed/ });

    it('comes back by itself as the same peer, and delivers what was written meanwhile [X1]', async ({
      join,
    }) => {
      const ann = await join('Ann');
      const bob = await join('Bob');
      await ann.select('Bob');
      const before = await ann.ownId();
      const said = await ann.watchStatus();
      await (await instrument(ann, 'Faults')).getByRole('button', { name: 'Drop every connection' }).click();
      await expect.poll(said).toContain('Reconnecting');
      await ann.send('Still there?');
      await ann.connected();
      expect(await ann.ownId()).not.toBe(before);
      await bob.select('Ann');
      await expect(bob.messages).toHaveText(['Still there?']);
      await expect(ann.lastLine).toContainText('Delivered');
    });
  });
});

describe('a page whose config.json names no local runner', () => {
  it('has nothing of it, and asks nothing of it', async ({ join, stack }) => {
    const asked: string[] = [];
    const ann = await join('Ann', {
      before: async (page) => {
        page.on('request', (request) => asked.push(request.url()));
        await page.route('**/config.json', (route) =>
          route.fulfill({ json: { webSocketUrl: stack.webSocket } }),
        );
      },
    });
    await expect(ann.page.getByRole('tab', { name: 'Pictures' })).toBeVisible();
    await expect(ann.page.getByRole('tab', { name: 'Hops' })).toBeHidden();
    await expect(ann.page.getByRole('tab', { name: 'Faults' })).toBeHidden();
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter((url) => url.includes('_local'))).toEqual([]);
  });
});
