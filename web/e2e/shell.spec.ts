import type { Page } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';

const PARTS = ['.logo', '.tabs', '.bar', '.peers', '.stage', '.wire'];

/** Where the parts of the page are that can be seen: its name, x, y, width and height of each. */
const placesOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    (parts) =>
      parts.flatMap((part) => {
        const box = document.querySelector(part)?.getBoundingClientRect();
        if (box === undefined || box.width === 0) return [];
        return [part, ...[box.x, box.y, box.width, box.height].map(Math.round)].join(' ');
      }),
    PARTS,
  );

describe('before a script has come', () => {
  for (const width of [360, 768, 1024, 1920]) {
    it(`the parts of the page are where they will be, at ${width} px`, async ({ join }) => {
      let early: Promise<readonly string[]> | undefined;
      const ann = await join('Ann', {
        before: async (page) => {
          await page.setViewportSize({ width, height: 900 });
          await page.route('**/*.js', async (route) => {
            early ??= page
              .locator('.shell .peers')
              .waitFor()
              .then(() => placesOf(page));
            await early;
            await route.continue();
          });
        },
      });
      await expect(ann.page.locator('.shell')).toHaveCount(0);
      await expect.poll(() => placesOf(ann.page)).toEqual(await early);
    });
  }

  it('the page has the colours that somebody has chosen', async ({ join }) => {
    const { page } = await join('Ann');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    const dark = await ground();
    expect(dark).not.toBe(light);
    let early: Promise<string> | undefined;
    await page.route('**/*.js', async (route) => {
      early ??= page.locator('.shell .peers').waitFor().then(ground);
      await early;
      await route.continue();
    });
    await page.reload();
    expect(await early).toBe(dark);
  });

  it('where to connect is asked for already, and then only once', async ({ join }) => {
    const asked: string[] = [];
    const ann = await join('Ann', {
      before: async (page) => {
        const config = page.waitForRequest('**/config.json');
        page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await page.route('**/*.js', async (route) => {
          await config;
          await route.continue();
        });
      },
    });
    await expect(ann.status).toHaveText('Connected');
    expect(asked.filter((path) => path === '/config.json')).toHaveLength(1);
  });

  it('the page says what it needs, to whoever has switched scripts off', async ({ browser, stack }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(stack.page);
    await expect(page.locator('noscript')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'hello-websocket' })).toBeVisible();
    await context.close();
  });
});
