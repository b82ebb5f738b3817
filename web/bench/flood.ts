import type { Browser, Page } from '@playwright/test';
import type { Crowd } from './crowd.ts';
import type { Figure } from './figures.ts';
import {
  heapMb,
  LEAST_FRAMES,
  LONGEST_TASK_MS,
  prepare,
  watch,
  watchBest,
  type WatchedWork,
} from './watch.ts';

const FRAMES_PER_SECOND = 1000;
const SECONDS = 10;
const ROWS = 100_000;
/** Faster than a hand turns a wheel: ten rows each time that the screen is drawn. */
const STEP_PX = 280;
/** After so many steps it is looked whether there are rows all over. Looking costs a layout of its own. */
const LOOK = 6;

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

/** Scrolls from the first row on, a step each time that the screen is drawn; resolves with how often rows were missing. */
const scroll = (page: Page, seconds: number): Promise<number> =>
  page.getByRole('listbox', { name: 'Frames' }).evaluate(
    async (list, { step, look, until }) => {
      const end = performance.now() + until;
      let gaps = 0;
      list.scrollTop = 0;
      for (let frame = 1; performance.now() < end; frame++) {
        await new Promise(requestAnimationFrame);
        if (frame % look === 0) {
          const { top, bottom } = list.getBoundingClientRect();
          const boxes = [...list.querySelectorAll('.row')].map((row) => row.getBoundingClientRect());
          const covers = (y: number) => boxes.some((box) => box.top <= y && box.bottom >= y);
          if (!covers(top + 1) || !covers(bottom - 1)) gaps++;
        }
        list.scrollTop += step;
      }
      return gaps;
    },
    { step: STEP_PX, look: LOOK, until: seconds * 1000 },
  );

const figuresOf = (what: string, watched: WatchedWork): readonly Figure[] => [
  {
    name: `${what}: screen drawn`,
    value: watched.framesPerSecond,
    unit: '/s',
    limit: { atLeast: LEAST_FRAMES },
  },
  {
    name: `${what}: longest task`,
    value: watched.longestTaskMs,
    unit: 'ms',
    limit: { atMost: LONGEST_TASK_MS },
  },
  { name: `${what}: between two drawings, 99 %`, value: watched.slowFrameMs, unit: 'ms' },
  { name: `${what}: main thread, of one processor`, value: watched.busyPercent, unit: '%' },
];

/** A thousand frames a second, and then a hundred thousand rows. */
export async function flood(browser: Browser, url: string, crowd: Crowd): Promise<readonly Figure[]> {
  const page = await openAt(browser, url, crowd);
  const empty = await heapMb(page);
  const idle = await watch(page, () => page.waitForTimeout(SECONDS * 500));
  await crowd.talk(FRAMES_PER_SECOND, 2); // Warm up.
  let rows = 0;
  const arriving = await watchBest(page, async () => {
    const before = await recorded(page);
    await crowd.talk(FRAMES_PER_SECOND, SECONDS);
    rows = (await recorded(page)) - before;
  });
  while ((await recorded(page)) < ROWS * 0.99) await crowd.fill(10_000, 5000);
  const full = await heapMb(page);
  await scroll(page, 1); // Warm up.
  let gaps = 0;
  const scrolling = await watchBest(page, async () => (gaps = await scroll(page, SECONDS)));
  const both = await watchBest(page, () =>
    Promise.all([scroll(page, SECONDS), crowd.talk(FRAMES_PER_SECOND, SECONDS)]),
  );
  await page.context().close();
  return [
    { name: 'nothing goes on: screen drawn', value: idle.framesPerSecond, unit: '/s' },
    { name: 'arriving: rows, receipts of ours included', value: rows / arriving.seconds, unit: '/s' },
    ...figuresOf('arriving', arriving),
    ...figuresOf('scrolling 100,000 rows', scrolling),
    { name: 'scrolling 100,000 rows: looks that found none', value: gaps, unit: '' },
    ...figuresOf('both at once', both),
    { name: 'memory of the scripts, before', value: empty, unit: 'MB' },
    { name: 'memory of the scripts, with 100,000 rows', value: full, unit: 'MB' },
  ];
}
