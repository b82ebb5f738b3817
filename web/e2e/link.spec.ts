import { describe, expect, it } from './fixtures.ts';
import type { Peer } from './peer.ts';

/** The link to a peer, as its button copies it. */
async function linkTo({ page }: Peer): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the link to you' }).click();
  await expect(page.getByRole('button', { name: 'Copied the link to you' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

describe('the link to a peer', () => {
  it('opens the conversation with it in its room, under no name of its own [P15]', async ({ join, room }) => {
    const ann = await join('Ann');
    const link = await linkTo(ann);
    expect(link).toMatch(new RegExp(`[?]room=${room}#to=[A-Za-z0-9_-]+$`));
    const bob = await join('Bob', { room: `${room}-elsewhere` });
    await bob.page.goto(link);
    await expect(bob.page.getByRole('heading', { name: 'Ann' })).toBeFocused();
    await bob.send('You sent me a link?');
    await expect(ann.list.getByRole('button')).toContainText('1 unread');
  });

  it('leads to it on whatever connection it is by then [P15]', async ({ join }) => {
    const ann = await join('Ann');
    const before = await ann.ownId();
    const link = await linkTo(ann);
    await ann.page.reload();
    await ann.connected();
    expect(await ann.ownId()).not.toBe(before);
    const bob = await join('Bob');
    await bob.page.goto(link);
    await expect(bob.page.getByRole('heading', { name: 'Ann' })).toBeVisible();
    await expect(bob.page.locator('app-conversation-pane')).toContainText(await ann.ownId());
  });

  it('says that the peer is not here, and opens the conversation when it comes', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    const link = await linkTo(ann);
    await ann.page.getByRole('button', { name: 'Disconnect' }).click();
    await expect(bob.listed('Ann')).toBeHidden();
    await bob.page.goto(link);
    await expect(bob.page.getByText('The peer that this link leads to is not here now.')).toBeVisible();
    await ann.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(bob.page.getByRole('heading', { name: 'Ann' })).toBeVisible();
    await expect(bob.page.getByText('The peer that this link leads to is not here now.')).toBeHidden();
  });
});

describe('the room', () => {
  it('can be changed on the page, with a name for it [P2]', async ({ join, room }) => {
    const ann = await join('Ann');
    const bob = await join('Bob', { room: `${room}-b` });
    await ann.page.getByRole('button', { name: 'change room or name' }).click();
    await ann.page.getByRole('textbox', { name: 'Room' }).fill('not a room');
    await ann.page.getByRole('button', { name: 'Go there' }).click();
    await expect(ann.page.getByText('room must be 1 to 64 of A-Z a-z 0-9 _ -')).toBeVisible();
    await ann.page.getByRole('textbox', { name: 'Room' }).fill(`${room}-b`);
    await ann.page.getByRole('textbox', { name: 'Your name there' }).fill('Anna');
    await ann.page.getByRole('button', { name: 'Go there' }).click();
    await expect(bob.listed('Anna')).toBeVisible();
  });
});
