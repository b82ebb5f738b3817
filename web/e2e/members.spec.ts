import type { Locator, Page } from '@playwright/test';
import { isMembersOnly } from '#protocol';
import { expectAccessible, expectCoveredAccessible } from './accessibility.ts';
import { describe, expect, it } from './fixtures.ts';
import type { Peer } from './peer.ts';

/** Makes a room for members, and enters it. */
async function makeRoom({ page }: Peer): Promise<string> {
  await page.getByRole('button', { name: 'change room or name' }).click();
  await page.getByRole('button', { name: 'Make a room for members' }).click();
  await expect(page.getByRole('heading', { name: 'For members', exact: true })).toBeVisible();
  return new URL(page.url()).searchParams.get('room') ?? '';
}

/** The button beside the connectionId; where nobody else is yet, another one is in the place of the conversation. */
const invitation = (page: Page): Locator =>
  page.locator('app-link-button').getByRole('button', { name: 'Copy the invitation' });

/** The invitation, as the button beside the connectionId copies it. */
async function invitationOf({ page }: Pick<Peer, 'page'>): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await invitation(page).click();
  await expect(page.getByRole('button', { name: 'Copied the invitation' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

const secretIn = (link: string): string =>
  new URLSearchParams(new URL(link).hash.slice(1)).get('invitation') ?? 'none';

describe('a room for members', () => {
  it('is made on the page and entered by its invitation, which a reload keeps [P28]', async ({ join }) => {
    const ann = await join('Ann');
    const room = await makeRoom(ann);
    expect(isMembersOnly(room)).toBe(true);
    await ann.connected();
    const link = await invitationOf(ann);

    const bob = await join('Bob');
    await bob.page.goto(link);
    await bob.connected();
    await expect(bob.page.getByRole('heading', { name: 'Ann' })).toBeFocused();
    await bob.send('You invited me');
    await expect(bob.lastLine).toContainText('Delivered');
    expect(bob.page.url(), 'what lets one in').not.toContain(secretIn(link));
    expect(new URL(bob.page.url()).searchParams.get('room')).toBe(room);

    await bob.page.reload();
    await bob.connected();
    await ann.page.reload();
    await ann.connected();
    await expect(bob.list.getByRole('button')).toHaveCount(1);
  });

  it('is entered again without a link where it was made, and another invitation made there [P28]', async ({
    join,
    stack,
  }) => {
    const ann = await join('Ann');
    const room = await makeRoom(ann);
    const first = await invitationOf(ann);
    const again = await ann.page.context().newPage();
    await again.goto(`${stack.page}/?room=${room}`);
    await expect(again.getByRole('status', { name: 'Connection', exact: true })).toHaveText('Connected');
    await again.getByLabel('The invitation is good for').selectOption('1 hour');
    await again.getByRole('button', { name: 'Make another invitation' }).click();
    const second = await invitationOf({ page: again });
    expect(secretIn(second)).not.toBe(secretIn(first));
    await again.close();
  });

  it('lets nobody in without an invitation, and the page says so and tries not at all [P28]', async ({
    join,
    open,
  }) => {
    const ann = await join('Ann');
    const room = await makeRoom(ann);
    const link = await invitationOf(ann);

    const eve = await open({ room });
    await expect(eve.status).toHaveText('This room is for members');
    await expect(eve.page.getByText('It is entered by invitation alone')).toBeVisible();
    expect(eve.frames).toEqual([]);
    await expectAccessible(eve.page);

    await eve.page.goto(link.slice(0, -1));
    await expect(eve.status).toHaveText('The invitation cannot be read');

    // Followed in the tab that is there already, as whoever is sent it does.
    await eve.page.goto(link);
    await eve.connected();
    expect(eve.page.url()).not.toContain('invitation');
  });

  it('is written of nowhere: neither on the wire of the page, nor in what it exports [P28]', async ({
    join,
  }) => {
    const ann = await join('Ann');
    await makeRoom(ann);
    await ann.connected();
    const secret = secretIn(await invitationOf(ann));
    const { page } = ann;
    await expect(page.locator('app-wire-pane')).toContainText('welcome');
    expect(await page.locator('app-wire-pane').textContent()).not.toContain(secret);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /HAR/ }).click(),
    ]);
    const stream = await download.createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    const har = Buffer.concat(parts).toString();
    expect(har).toContain('invite.[redacted]');
    expect(har).not.toContain(secret);
  });

  it('has nothing to mend for axe: where it is made, and where one is in it', async ({ join }) => {
    it.setTimeout(240_000);
    const ann = await join('Ann');
    await ann.page.getByRole('button', { name: 'change room or name' }).click();
    await expect(ann.page.getByRole('button', { name: 'Make a room for members' })).toBeVisible();
    await ann.page.getByRole('textbox', { name: 'Room' }).fill('blue');
    await expectCoveredAccessible(ann.page);
    await ann.page.setViewportSize({ width: 1280, height: 800 });
    await ann.page.getByRole('button', { name: 'Make a room for members' }).click();
    await expect(ann.page.getByText('Whoever has the link can enter until')).toBeVisible();
    await expectAccessible(ann.page);
  });
});
