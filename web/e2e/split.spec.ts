import type { Locator, Page } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';

/** One of the peers of a split window. */
class Seat {
  readonly self: Locator;
  readonly list: Locator;
  readonly messages: Locator;
  readonly field: Locator;

  constructor(page: Page, name: string) {
    this.self = page.getByRole('group', { name, exact: true });
    this.list = this.self.getByRole('list', { name: 'Peers' });
    this.messages = this.self.locator('.text');
    this.field = this.self.getByRole('textbox', { name: /^Message to/ });
  }

  async connected(): Promise<this> {
    await expect(this.self.getByRole('status', { name: 'Connection', exact: true })).toHaveText('Connected');
    return this;
  }

  async ownId(): Promise<string> {
    return this.self.getByRole('status', { name: 'Your connectionId' }).innerText();
  }

  async talkTo(name: string): Promise<void> {
    await this.list.getByRole('button').filter({ hasText: name }).click();
    await expect(this.field).toBeVisible();
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
    await expect(this.field).toHaveValue('');
  }
}

describe('a window that is split', () => {
  it('holds another live peer, and both talk to each other [P11] [P20]', async ({ join }) => {
    const { page } = await join('Ann');
    await page.getByRole('button', { name: 'Open another peer here' }).click();
    const ann = new Seat(page, 'Ann');
    const other = await new Seat(page, 'Peer 2').connected();
    expect(await ann.ownId()).not.toBe(await other.ownId());
    await ann.talkTo('Peer 2');
    await other.talkTo('Ann');
    await ann.say('Hello over there');
    await expect(other.messages).toHaveText(['Hello over there']);
    await other.say('Hello yourself');
    await expect(ann.messages).toHaveText(['Hello over there', 'Hello yourself']);
  });

  it('holds four at most, whom everybody else in the room sees, too', async ({ join }) => {
    const bob = await join('Bob');
    const { page } = await join('Ann');
    const open = page.getByRole('button', { name: 'Open another peer here' });
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Cleo');
    await open.click();
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    await new Seat(page, 'Cleo').connected();
    await new Seat(page, 'Peer 2').connected();
    await new Seat(page, 'Peer 3').connected();
    for (const name of ['Ann', 'Cleo', 'Peer 2', 'Peer 3']) await expect(bob.listed(name)).toBeVisible();
    await page.keyboard.press('n');
    await expect(page.getByRole('status', { name: 'Your connectionId' })).toHaveCount(4);
  });

  it('comes back from a reload as the same peers, with what they said [P15]', async ({ join }) => {
    const bob = await join('Bob');
    const { page } = await join('Ann');
    await page.getByRole('button', { name: 'Open another peer here' }).click();
    const other = await new Seat(page, 'Peer 2').connected();
    await other.talkTo('Bob');
    await other.say('Before the reload');
    await bob.select('Peer 2');
    await expect(bob.messages).toHaveText(['Before the reload']);
    await page.reload();
    await other.connected();
    await expect(other.messages).toHaveText(['Before the reload']);
    await other.say('And after it');
    await expect(bob.messages).toHaveText(['Before the reload', 'And after it']);
  });

  it('lets a peer go when it is closed', async ({ join }) => {
    const bob = await join('Bob');
    const { page } = await join('Ann');
    await page.getByRole('button', { name: 'Open another peer here' }).click();
    await new Seat(page, 'Peer 2').connected();
    await expect(bob.listed('Peer 2')).toBeVisible();
    await page.getByRole('button', { name: 'Close Peer 2' }).click();
    await expect(bob.listed('Peer 2')).toBeHidden();
    await page.reload();
    await expect(page.getByRole('status', { name: 'Your connectionId' })).toHaveCount(1);
    await expect(bob.listed('Ann')).toBeVisible();
  });
});
