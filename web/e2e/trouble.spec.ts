import type { Page } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';
import { forgetful } from './forgetful.ts';

const config =
  (answer: Parameters<Parameters<Parameters<Page['route']>[1]>[0]['fulfill']>[0]) => (page: Page) =>
    page.route('**/config.json', (route) => route.fulfill(answer)).then(() => undefined);

describe('a config.json', () => {
  describe('that is missing', () => {
    it.use({ tolerated: /status of 404/ });

    it('is explained, and read again on demand', async ({ open }) => {
      const ann = await open({ before: config({ status: 404, body: 'Not found' }) });
      await expect(ann.status).toHaveText('Cannot read config.json');
      await expect(ann.page.getByText('config.json was answered with status 404.')).toBeVisible();
      await expect(ann.page.getByText('is npm start still running?', { exact: false })).toBeVisible();
      await ann.page.unroute('**/config.json');
      await ann.page.getByRole('button', { name: 'Try again' }).click();
      await ann.connected();
    });
  });

  for (const [body, said] of [
    ['<!doctype html>', 'config.json is not JSON.'],
    ['{}', 'config.json has no webSocketUrl.'],
    ['{"webSocketUrl":"http://localhost/"}', 'In config.json, webSocketUrl is no ws: or wss: URL.'],
  ] as const) {
    it(`that is ${body} is explained`, async ({ open }) => {
      const ann = await open({ before: config({ body }) });
      await expect(ann.status).toHaveText('Cannot read config.json');
      await expect(ann.page.getByText(said)).toBeVisible();
      expect(ann.frames).toEqual([]);
    });
  }
});

describe('an address that names what cannot be', () => {
  it('is explained before anything is connected [P2]', async ({ open }) => {
    const ann = await open({ room: 'not a room' });
    await expect(ann.status).toHaveText('The address of this page is not right');
    await expect(
      ann.page.getByText('room must be 1 to 64 of A-Z a-z 0-9 _ -', { exact: false }),
    ).toBeVisible();
    expect(ann.frames).toEqual([]);
  });
});

describe('a message that is refused', () => {
  it('is marked, with the reason in words, and the connection stays [P11] [P40]', async ({ join }) => {
    const ann = await join('Ann', { before: (page) => forgetful(page, 'left') });
    const bob = await join('Bob');
    await ann.select('Bob');
    await ann.send('Are you there?');
    await expect(bob.listed('Ann')).toContainText('1 unread');
    await bob.page.close();
    // Ann has not heard that Bob left. Whoever came since then shows that the server knows.
    const cleo = await join('Cleo');
    await expect(cleo.list.getByRole('button')).toHaveCount(1);
    await ann.send('And now?');
    const line = ann.page.getByRole('region', { name: 'Messages with Bob' }).getByRole('listitem').last();
    await expect(line).toContainText('Not delivered (gone):');
    await expect(ann.page.getByText('Not delivered')).toHaveCount(1);
    await expect(ann.status).toHaveText('Connected');
  });
});
