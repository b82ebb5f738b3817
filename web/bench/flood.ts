import type { Browser, Page } from '@playwright/test';
import type { Crowd } from './crowd.ts';
import { type Figure } from './figures.ts';
import { heapMb, prepare, watch } from './watch.ts';

const FRAMES_PER_SECOND = 1000;
const SECONDS = 10;
const ROWS = 100_000;
/** Faster than a hand turns a wheel: 20 rows each time that the screen is drawn. */
const SCROLL_PX = 560;

/** Opens the page on a socket server of ours, with the wire beside the conversation. */
async function openAt(browser: Browser, url: string, crowd: Crowd): Promise<Page> {
  // The page's own policy would let it connect to nobody but its API.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.route('**/config.json', (route) => route.fulfill({ json: { webSocketUrl: crowd.url } }));
  await prepare(page);
  await page.goto(url);
  await page.getByRole('listbox', { name: 'Frames' }).waitFor();
  await page.locator('output.id').first().waitFor();
  return page;
}

/** How many frames the wire says it has. */
async function recorded(page: Page): Promise<number> {
  const text = await page.locator('app-wire-pane .count').innerText();
  return Number(text.replaceAll(/\D/g, ''));
}

/** Scrolls through everything once, as fast as the screen is drawn; resolves with how often rows were missing. */
const scrollThrough = (page: Page, seconds: number): Promise<number> =>
  page.getByRole('listbox', { name: 'Frames' }).evaluate(
    async (list, { step, until }) => {
      const end = performance.now() + until;
      let gaps = 0;
      list.scrollTop = 0;
      while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        const { top, bottom } = list.getBoundingClientRect();
        // What stands at the edges of the list was drawn by the frame before.
        const isRow = (y: number) =>
          document.elementFromPoint(list.getBoundingClientRect().left + 20, y)?.closest('.row');
        if (!isRow(top + 40) || !isRow(bottom - 40)) gaps++;
        list.scrollTop += step;
      }
      return gaps;
    },
    { step: SCROLL_PX, until: seconds * 1000 },
  );

/** A thousand frames a second, and then a hundred thousand rows. */
export async function flood(browser: Browser, url: string, crowd: Crowd): Promise<readonly Figure[]> {
  const page = await openAt(browser, url, crowd);
  const empty = await heapMb(page);
  await crowd.talk(FRAMES_PER_SECOND, 2); // Warm up.
  const before = await recorded(page);
  let sent = 0;
  const arriving = await watch(page, async () => (sent = await crowd.talk(FRAMES_PER_SECOND, SECONDS)));
  const after = await recorded(page);

  while ((await recorded(page)) < ROWS * 0.99) await crowd.fill(10_000, 5000);
  const full = await heapMb(page);
  let gaps = 0;
  const scrolling = await watch(page, async () => (gaps = await scrollThrough(page, SECONDS)));
  const both = await watch(page, () =>
    Promise.all([scrollThrough(page, SECONDS), crowd.talk(FRAMES_PER_SECOND, SECONDS)]),
  );
  await page.context().close();
  const smooth = { atLeast: 60 * 0.95 };
  return [
    { name: 'arriving: frames from the server', value: sent / arriving.seconds, unit: '/s' },
    {
      name: 'arriving: rows written, receipts of ours included',
      value: (after - before) / arriving.seconds,
      unit: '/s',
    },
    { name: 'arriving: screen drawn', value: arriving.framesPerSecond, unit: '/s', limit: smooth },
    {
      name: 'arriving: longest task over 50 ms',
      value: arriving.longestTaskMs,
      unit: 'ms',
      limit: { atMost: 50 },
    },
    { name: 'arriving: between two drawings, 99 %', value: arriving.slowFrameMs, unit: 'ms' },
    {
      name: '100,000 rows: scrolling, screen drawn',
      value: scrolling.framesPerSecond,
      unit: '/s',
      limit: smooth,
    },
    {
      name: '100,000 rows: scrolling, longest task over 50 ms',
      value: scrolling.longestTaskMs,
      unit: 'ms',
      limit: { atMost: 50 },
    },
    { name: '100,000 rows: scrolling, times that a row was missing', value: gaps, unit: '' },
    {
      name: '100,000 rows: scrolling while 1,000/s arrive, screen drawn',
      value: both.framesPerSecond,
      unit: '/s',
    },
    {
      name: '100,000 rows: the same, longest task over 50 ms',
      value: both.longestTaskMs,
      unit: 'ms',
      limit: { atMost: 50 },
    },
    { name: '100,000 rows: memory of the scripts', value: full, unit: 'MB' },
    { name: 'before any: memory of the scripts', value: empty, unit: 'MB' },
  ];
}
