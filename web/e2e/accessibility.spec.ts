import { expectAccessible, expectCoveredAccessible } from './accessibility.ts';
import { describe, expect, it } from './fixtures.ts';
import { forgetful } from './forgetful.ts';

describe('axe finds nothing to mend, in light and dark, from 360 to 1920 px and at 200 % zoom, when a page', () => {
  describe.configure({ timeout: 240_000 });

  it('is alone', async ({ join }) => {
    const ann = await join('Ann');
    await expect(ann.page.getByText('Nobody else is here yet')).toBeVisible();
    await expectAccessible(ann.page);
  });

  it('lists peers, a terminal, and what has not been read', async ({ join, terminal }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await join();
    terminal('Tess');
    await bob.select('Ann');
    await bob.send('Hello');
    await expect(ann.list.getByRole('button')).toHaveCount(3);
    await expect(ann.listed('Bob')).toContainText('1 unread');
    await expectAccessible(ann.page);
  });

  it('is in an empty conversation', async ({ join }) => {
    const ann = await join('Ann');
    await join('Bob');
    await ann.select('Bob');
    await expectAccessible(ann.page);
  });

  it('is in a conversation with a peer that has left', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await ann.select('Bob');
    await bob.select('Ann');
    await ann.send('Hello Bob');
    await bob.send('Hello Ann');
    await bob.page.close();
    await expect(ann.listed('Bob')).toContainText('away');
    await expectAccessible(ann.page);
  });

  it('is in a conversation with a terminal', async ({ join, terminal }) => {
    const ann = await join('Ann');
    const tess = terminal('Tess');
    await ann.select('Tess');
    await ann.send('Hello');
    await tess.shows('Hello');
    await expectAccessible(ann.page);
  });

  it('was refused a message, and keeps one back that is too long', async ({ join }) => {
    const ann = await join('Ann', { before: (page) => forgetful(page, 'left') });
    const bob = await join('Bob');
    await ann.select('Bob');
    await bob.page.close();
    await expect((await join('Cleo')).list.getByRole('button')).toHaveCount(1);
    await ann.send('Are you there?');
    await expect(ann.page.getByText('Not delivered')).toBeVisible();
    await ann.field.fill('a'.repeat(40_000));
    await expect(ann.page.getByText('Too long by')).toBeVisible();
    await expectAccessible(ann.page);
  });

  it('is told that a message is unconfirmed, and offers to try again', async ({ join, stack }) => {
    const ann = await join('Ann', {
      ...{ configUrl: new URL('/config.json', stack.page).href, resumeWindowMs: 1000 },
      before: (page) => forgetful(page, 'receipt'),
    });
    await join('Bob');
    await ann.select('Bob');
    await ann.send('Do you hear me?');
    await expect(ann.lastLine.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expectAccessible(ann.page);
  });

  it('is connecting', async ({ cable, open }) => {
    cable.hold();
    const ann = await open({ webSocket: cable.url });
    await expect(ann.status).toHaveText('Connecting');
    await expectAccessible(ann.page);
    // A handshake that is not answered is given up after a while, and tried again.
    await expect(ann.status).toHaveText(/Connecting|Reconnecting/);
  });

  it('is disconnected', async ({ join }) => {
    const ann = await join('Ann');
    await join('Bob');
    await expect(ann.listed('Bob')).toBeVisible();
    await ann.page.getByRole('button', { name: 'Disconnect' }).click();
    await expect(ann.status).toHaveText('Disconnected');
    await expectAccessible(ann.page);
  });

  it('cannot read the address', async ({ open }) => {
    const ann = await open({ room: '?' });
    await expect(ann.status).toHaveText('The address of this page is not right');
    await expectAccessible(ann.page);
  });

  it('is split into four peers, who talk', async ({ join }) => {
    const { page } = await join('Ann');
    await page.getByRole('button', { name: 'Open another peer here' }).click();
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    await expect(page.getByRole('status', { name: 'Your connectionId' })).toHaveCount(4);
    const seat = (name: string) => page.getByRole('group', { name, exact: true });
    await seat('Ann').getByRole('list', { name: 'Peers' }).getByRole('button', { name: 'Peer 2' }).click();
    await seat('Ann').getByRole('textbox', { name: 'Message to Peer 2' }).fill('Hello');
    await page.keyboard.press('Enter');
    await expect(seat('Peer 2').getByRole('button', { name: '1 unread' })).toBeVisible();
    await expectAccessible(page);
  });

  it('shows pictures of its traffic', async ({ join }) => {
    const ann = await join('Ann');
    await join('Bob');
    await ann.select('Bob');
    await ann.send('Hello');
    await expect(ann.lastLine).toContainText('Delivered');
    await ann.page.getByRole('tab', { name: 'Pictures' }).click();
    await expectAccessible(ann.page);
  });

  it('shows what a frame holds, and has one written', async ({ join }) => {
    const ann = await join('Ann');
    await join('Bob');
    await ann.select('Bob');
    await ann.send('{"code": "and `more`"}');
    await expect(ann.lastLine).toContainText('Delivered');
    const { page } = ann;
    await page.locator('app-frame-list [data-kind=message]').click();
    await page.getByRole('button', { name: 'Send again…' }).click();
    await page.getByRole('button', { name: 'Edit and send' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.getByText('Recording goes on')).toBeVisible();
    await expectAccessible(page);
  });

  it('finds no frame that is like what is asked for', async ({ join }) => {
    const { page } = await join('Ann');
    await page.getByRole('searchbox', { name: 'Find in frames' }).fill('nowhere');
    await expect(page.getByText('No frame is like that.')).toBeVisible();
    await expectAccessible(page);
  });

  for (const [tab, shown] of [
    ['Hops', 'in all'],
    ['Faults', 'Let something go wrong'],
  ] as const) {
    it(`shows ${tab.toLowerCase()}`, async ({ join }) => {
      const ann = await join('Ann');
      await join('Bob');
      await ann.page.getByRole('tab', { name: tab }).click();
      await ann.select('Bob');
      await ann.send('Hello');
      await expect(ann.page.getByText(shown)).toBeVisible();
      await expectAccessible(ann.page);
    });
  }

  it('got frames that it cannot read', async ({ join }) => {
    const { page } = await join('Ann');
    await page.getByRole('button', { name: 'Write a frame' }).click();
    const frame = page.getByRole('textbox', { name: 'A frame, sent as it is' });
    for (let times = 0; times < 3; times++) {
      await frame.fill('{"action":"sendMessageRoute","type":"nothing"}');
      await frame.press('Enter');
    }
    await expect(page.getByRole('log', { name: 'Trouble' }).getByRole('listitem')).toHaveCount(3);
    await expectAccessible(page);
  });

  it('lists its keys', async ({ join }) => {
    const { page } = await join('Ann');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectCoveredAccessible(page);
  });

  it('asks for another room', async ({ join }) => {
    const { page } = await join('Ann');
    await page.getByRole('button', { name: 'change room or name' }).click();
    await page.getByRole('textbox', { name: 'Room' }).fill('?');
    await page.getByRole('button', { name: 'Go there' }).click();
    await expect(page.getByText('room must be 1 to 64')).toBeVisible();
    await expectCoveredAccessible(page);
  });

  it('was opened by a link to a peer that is not here', async ({ join }) => {
    const { page } = await join('Ann');
    await page.evaluate(() => (location.hash = '#to=somebody'));
    await expect(page.getByText('The peer that this link leads to is not here now.')).toBeVisible();
    await expectAccessible(page);
  });

  describe('complains to its console because it', () => {
    it.use({ tolerated: /WebSocket connection to .* failed|status of 404/ });

    it('is offline, and queues what is written to a peer that is away', async ({ join }) => {
      const ann = await join('Ann');
      const bob = await join('Bob');
      await ann.select('Bob');
      await ann.send('Hello');
      await expect(ann.lastLine).toContainText('Delivered');
      await bob.page.close();
      await expect(ann.page.getByText('This peer is away', { exact: false })).toBeVisible();
      await ann.send('Until you are back');
      await expect(ann.lastLine).toContainText('Queued');
      await ann.page.context().setOffline(true);
      await expect(ann.status).toHaveText('Offline');
      await expectAccessible(ann.page);
      await expect(ann.status).toHaveText('Offline');
    });

    it('is reconnecting, amid a conversation', async ({ cable, join }) => {
      const ann = await join('Ann', { webSocket: cable.url, chance: 0.999 });
      await join('Bob');
      await ann.select('Bob');
      await ann.send('Hello');
      cable.cut();
      await expect(ann.page.getByText(/code 1006/)).toBeVisible();
      await ann.send('Are you still there?');
      await expect(ann.lastLine).toContainText('Queued');
      cable.hold();
      await ann.page.getByRole('button', { name: 'Reconnect now' }).click();
      await expect(ann.page.getByText('Attempt 2.')).toBeVisible();
      await expectAccessible(ann.page);
      await expect(ann.status).toHaveText('Reconnecting');
    });

    it('cannot connect', async ({ cable, open }) => {
      await cable.unplug();
      const ann = await open({ webSocket: cable.url, chance: 0.999 });
      const now = ann.page.getByRole('button', { name: 'Reconnect now' });
      await expect(ann.page.getByText(/Attempt 2 in/)).toBeVisible();
      await now.click();
      await expect(ann.page.getByText(/Attempt 3 in/)).toBeVisible();
      await now.click();
      await expect(ann.status).toHaveText('Cannot connect');
      await expectAccessible(ann.page);
      await expect(ann.status).toHaveText('Cannot connect');
    });

    it('cannot read config.json', async ({ open }) => {
      const ann = await open({
        before: (page) =>
          page.route('**/config.json', (route) => route.fulfill({ status: 404 })).then(() => undefined),
      });
      await expect(ann.status).toHaveText('Cannot read config.json');
      await expectAccessible(ann.page);
    });
  });
});
