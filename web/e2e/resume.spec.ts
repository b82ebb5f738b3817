import { describe, expect, it } from './fixtures.ts';
import { Peer } from './peer.ts';

describe('a page that is reloaded', () => {
  it('goes on as the same peer, with the conversation that was shown [P15]', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await ann.select('Bob');
    await bob.select('Ann');
    await ann.send('Before');
    await expect(bob.messages).toHaveText(['Before']);
    const delivered = ann.page.getByRole('region', { name: 'Messages with Bob' }).getByText('Delivered');
    await expect(delivered).toHaveCount(1);
    const annId = await ann.ownId();

    await ann.field.fill('Half a sen');
    await ann.page.reload();
    await expect(ann.messages).toHaveText(['Before']);
    await expect(ann.field).toHaveValue('Half a sen');
    await ann.connected();
    const newId = await ann.ownId();
    expect(newId).not.toBe(annId);
    await expect(bob.partnerId).toHaveText(newId);
    await expect(bob.list.getByRole('button')).toHaveCount(1);

    await ann.send('After');
    await bob.send('Welcome back');
    await expect(bob.messages).toHaveText(['Before', 'After', 'Welcome back']);
    await expect(ann.messages).toHaveText(['Before', 'After', 'Welcome back']);
    await expect(delivered).toHaveCount(2);
  });

  it('loses nothing and shows nothing twice of what was on its way to it', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await bob.select('Ann');
    await ann.select('Bob');
    const said = Array.from({ length: 12 }, (_, n) => `number ${n}`);
    for (const [n, text] of said.entries()) {
      await bob.send(text);
      if (n % 4 !== 3) continue;
      await ann.page.reload();
      await ann.connected();
      await expect(bob.partnerId).toHaveText(await ann.ownId());
    }
    await expect(ann.messages).toHaveText(said);
    await expect(bob.page.getByText('Delivered')).toHaveCount(said.length);
  });
});

describe('a tab that is duplicated', () => {
  it('is a peer of its own, and the first stays who it was [P15]', async ({ join, stack, room }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await bob.select('Ann');
    await bob.send('For the first');
    await ann.select('Bob');
    await expect(ann.messages).toHaveText(['For the first']);
    const annId = await ann.ownId();

    // What a browser copies when a tab is duplicated.
    const copied = await ann.page.evaluate(() => JSON.stringify(sessionStorage));
    expect(copied).toContain('resume');
    const copy = await Peer.open(ann.page.context(), {
      ...{ page: stack.page, room, name: 'Ann' },
      before: async (page) => {
        await page.addInitScript((text) => void Object.assign(sessionStorage, JSON.parse(text)), copied);
      },
    });
    await copy.connected();
    await expect(bob.list.getByRole('button')).toHaveCount(2);
    expect(await ann.ownId()).toBe(annId);
    await expect(copy.messages).toHaveCount(0);
    await bob.send('Still for the first');
    await expect(ann.messages).toHaveText(['For the first', 'Still for the first']);
    expect(copy.troubles).toEqual([]);
  });
});
