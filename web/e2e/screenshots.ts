import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from './fixtures.ts';
import { forgetful } from './forgetful.ts';
import type { Peer } from './peer.ts';
import { SignedStack } from './signed-stack.ts';

const FOLDER = join(import.meta.dirname, '../../.local/screenshots');
const SCHEMES = ['light', 'dark'] as const;
/** The width at which the parts of the page are tabs. */
const PHONE = 360;
const WINDOWS = [
  { width: PHONE, height: 740 },
  { width: 768, height: 1024 },
  { width: 1920, height: 1080 },
] as const;

/** Takes the pictures of a page: `state-width-scheme.png`. `part` is the one that a phone shows, where parts are tabs. */
async function picture({ page }: Peer, state: string, part?: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const window of WINDOWS) {
    await page.setViewportSize(window);
    if (part !== undefined && window.width === PHONE) {
      await page.getByRole('tab', { name: part, exact: true }).click();
    }
    await page.mouse.move(0, 0);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const path = join(FOLDER, `${state}-${window.width}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
}

/** Lets two talk who have chosen each other; one line each, beginning with the first. */
async function talk(first: Peer, second: Peer, ...lines: readonly string[]): Promise<void> {
  for (const [index, line] of lines.entries()) {
    const [speaker, hearer] = index % 2 === 0 ? [first, second] : [second, first];
    await speaker.send(line);
    await expect(hearer.messages).toHaveCount(index + 1);
  }
}

describe('pictures of a page', () => {
  it('alone', async ({ join }) => picture(await join('Ada'), 'alone'));

  it('peers', async ({ join, terminal }) => {
    const ada = await join('Ada');
    const grace = await join('Grace');
    await join();
    terminal('Tess');
    await grace.select('Ada');
    await grace.send('Hello Ada');
    await expect(ada.list.getByRole('button')).toHaveCount(3);
    await expect(ada.listed('Grace')).toContainText('1 unread');
    await picture(ada, 'peers', 'Peers');
  });

  it('conversation and wire', async ({ join, terminal }) => {
    const ada = await join('Ada');
    const grace = await join('Grace');
    const tess = terminal('Tess');
    await ada.select('Tess');
    await ada.send('Hello Tess, glad you found the way in.');
    await tess.shows('Hello Tess, glad you found the way in.');
    await ada.select('Grace');
    await grace.select('Ada');
    await talk(
      grace,
      ada,
      'Hi Ada! I opened the page in a second window, and there you were.',
      'Hi Grace! It took one command: npm start.',
      'No AWS account, no Docker? So who carries this message?',
      'The same functions that we deploy.\nThe local runner reads them from the CDK template.',
      '{"route": "sendMessageRoute", "from": "Grace", "hops": [1, 2, 3]}',
      // No emoji: the Chromium that npm brings has no font for them.
      'مرحبا! שלום and https://example.com/?q=a',
    );
    await ada.field.fill('Shall we deploy it?');
    await expect(ada.lastLine).toContainText('Delivered');
    await picture(ada, 'conversation', 'Conversation');
    await picture(ada, 'wire', 'Wire');
  });

  for (const instrument of ['Pictures', 'Hops', 'Faults']) {
    it(instrument.toLowerCase(), async ({ join }) => {
      const ada = await join('Ada');
      const grace = await join('Grace');
      await ada.select('Grace');
      await grace.select('Ada');
      await talk(ada, grace, 'One', 'Two', 'Three');
      await expect(ada.lastLine).toContainText('Three');
      await ada.page.getByRole('tab', { name: instrument }).click();
      await expect(ada.page.getByRole('tabpanel', { name: instrument })).not.toBeEmpty();
      await picture(ada, instrument.toLowerCase(), 'Wire');
    });
  }

  it('split', async ({ join }) => {
    const ada = await join('Ada');
    const { page } = ada;
    await page.getByRole('button', { name: 'Open another peer here' }).click();
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    await expect(page.getByRole('status', { name: 'Your connectionId' })).toHaveCount(4);
    await picture(ada, 'split');
  });

  it('members', async ({ join }) => {
    const ada = await join('Ada');
    await ada.page.getByRole('button', { name: 'change room or name' }).click();
    await expect(ada.page.getByRole('button', { name: 'Make a room for members' })).toBeVisible();
    await picture(ada, 'place');
    await ada.page.getByRole('button', { name: 'Make a room for members' }).click();
    await ada.connected();
    await picture(ada, 'members', 'Conversation');
  });

  describe('where people have to sign in', () => {
    let signed: SignedStack;
    it.beforeAll(async () => {
      signed = await SignedStack.start();
    });
    it.afterAll(() => signed.stop());

    it('signing in', async ({ open }) => {
      const ada = await open({ page: signed.page });
      await expect(ada.status).toHaveText('Sign in first');
      await picture(ada, 'sign-in', 'Conversation');
    });
  });

  it('keys', async ({ join }) => {
    const ada = await join('Ada');
    await ada.page.keyboard.press('?');
    await expect(ada.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await picture(ada, 'keys');
  });

  it('refused and too long', async ({ join }) => {
    const ada = await join('Ada', { before: (page) => forgetful(page, 'left') });
    const grace = await join('Grace');
    await ada.select('Grace');
    await grace.page.close();
    await expect((await join('Cleo')).list.getByRole('button')).toHaveCount(1);
    await ada.send('Are you there?');
    await expect(ada.page.getByText('Not delivered')).toBeVisible();
    await ada.field.fill('a'.repeat(40_000));
    await expect(ada.page.getByText('Too long by')).toBeVisible();
    await picture(ada, 'refused', 'Conversation');
  });

  it('offline', async ({ join }) => {
    const ada = await join('Ada');
    const grace = await join('Grace');
    await ada.select('Grace');
    await ada.send('Hello');
    await expect(ada.lastLine).toContainText('Delivered');
    await grace.page.close();
    await expect(ada.page.getByText('This peer is away', { exact: false })).toBeVisible();
    await ada.send('Until you are back');
    await expect(ada.lastLine).toContainText('Queued');
    await ada.page.context().setOffline(true);
    await expect(ada.status).toHaveText('Offline');
    await picture(ada, 'offline', 'Conversation');
  });

  it('disconnected', async ({ join }) => {
    const ada = await join('Ada');
    await ada.page.getByRole('button', { name: 'Disconnect' }).click();
    await expect(ada.status).toHaveText('Disconnected');
    await picture(ada, 'disconnected');
  });

  it('connecting', async ({ cable, open }) => {
    cable.hold();
    const ada = await open({ webSocket: cable.url });
    await expect(ada.status).toHaveText('Connecting');
    await picture(ada, 'connecting');
  });

  it('wrong address', async ({ open }) => {
    const ada = await open({ room: '?' });
    await expect(ada.status).toHaveText('The address of this page is not right');
    await picture(ada, 'wrong-address');
  });

  describe('that complains to its console', () => {
    it.use({ tolerated: /WebSocket connection to .* failed/ });

    it('reconnecting', async ({ cable, join }) => {
      const ada = await join('Ada', { webSocket: cable.url, chance: 0.999 });
      await join('Grace');
      await ada.select('Grace');
      await ada.send('Hello');
      cable.cut();
      await expect(ada.page.getByText(/code 1006/)).toBeVisible();
      await picture(ada, 'reconnecting', 'Conversation');
    });
  });

  describe('in Japanese', () => {
    it.use({ locale: 'ja' });

    it('japanese', async ({ open }) => {
      const [ada, grace] = [await open({ name: '花子' }), await open({ name: '太郎' })];
      for (const { page } of [ada, grace]) await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
      const other = (peer: Peer, name: string) =>
        peer.page.getByRole('button').filter({ hasText: name }).first();
      await other(ada, '太郎').click();
      await other(grace, '花子').click();
      await grace.page.getByRole('textbox').first().fill('こんにちは。端末からも話せますか。');
      await grace.page.keyboard.press('Enter');
      await expect(ada.page.getByText('端末からも話せますか').first()).toBeVisible();
      await picture(ada, 'japanese');
    });
  });
});
