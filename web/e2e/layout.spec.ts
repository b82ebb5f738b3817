import type { Page } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';

/** What Chromium says of a shift; the DOM's types do not know it. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

interface Shifts {
  /** The sum of the shifts' scores. */
  readonly moved: number;
  /** What moved, from where to where, for whoever has to mend it. */
  readonly what: readonly string[];
}

/** Sums up from the beginning how much of the page moved without being asked to. */
const watchShifts = (page: Page): Promise<void> =>
  page
    .addInitScript(() => {
      const sum = { moved: 0, what: new Array<string>() };
      Object.assign(window, { layoutShifts: sum });
      const words = (node: unknown): string =>
        node instanceof Element ? `${node.localName} "${node.textContent.trim().slice(0, 40)}"` : 'text';
      const box = (rect: DOMRectReadOnly): string =>
        [rect.x, rect.y, rect.width, rect.height].map(Math.round).join(' ');
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as LayoutShift[]) {
          if (entry.hadRecentInput) continue;
          sum.moved += entry.value;
          for (const { node, previousRect, currentRect } of entry.sources)
            sum.what.push(
              `${entry.value.toFixed(4)} ${words(node)}: ${box(previousRect)} to ${box(currentRect)}`,
            );
        }
      }).observe({ type: 'layout-shift', buffered: true });
    })
    .then(() => undefined);

const shiftsOf = (page: Page): Promise<Shifts> =>
  page.evaluate(async () => {
    // What has moved last is told after it has been drawn.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return Reflect.get(window, 'layoutShifts') as Shifts;
  });

/** Hands out the parts of the page one after the other, as a slow network does. */
const fetchSlowly = async (page: Page): Promise<void> => {
  let parts = 0;
  await page.route('**/*.js', async (route) => {
    const wait = (parts++ % 8) * 100;
    await new Promise((resolve) => setTimeout(resolve, wait));
    await route.continue();
  });
};

/**
 * Lets the page be drawn between each two of its steps. Angular makes a part in one step and fills it in another, and on
 * a busy machine something is drawn in between.
 */
const drawOften = (page: Page): Promise<void> =>
  page
    .addInitScript(() => {
      const later = setTimeout.bind(window);
      const nextFrame = requestAnimationFrame.bind(window);
      Object.assign(window, {
        setTimeout: (step: () => void, ms = 0, ...rest: unknown[]) => later(step, Math.max(ms, 100), ...rest),
        requestAnimationFrame: (step: FrameRequestCallback) =>
          nextFrame(() => nextFrame(() => nextFrame(step))),
      });
    })
    .then(() => undefined);

const WINDOWS = [
  [360, 740],
  [768, 1024],
  [1920, 1080],
] as const;

describe('nothing moves while the page is fetched', () => {
  for (const locale of ['en', 'ja']) {
    describe(`in ${locale}`, () => {
      it.use({ locale });
      for (const [width, height] of WINDOWS) {
        it(`at ${width} px`, async ({ open }) => {
          const { page } = await open({
            name: 'Ann',
            before: async (its) => {
              await its.setViewportSize({ width, height });
              await fetchSlowly(its);
              await drawOften(its);
              await watchShifts(its);
            },
          });
          await expect(page.locator('output')).toBeVisible();
          for (const part of ['app-peer-list ul', 'app-tools label', 'app-invitation', 'app-place-button'])
            await expect(page.locator(part).first()).toBeAttached();
          const { moved, what } = await shiftsOf(page);
          // A ten-thousandth is an icon that jumps.
          expect(moved, what.join('\n')).toBeLessThan(0.0001);
        });
      }
    });
  }
});

describe('nothing moves when data arrives', () => {
  for (const [width, height] of WINDOWS) {
    it(`at ${width} px`, async ({ join }) => {
      const ann = await join('Ann', {
        before: async (page) => {
          await page.setViewportSize({ width, height });
          await watchShifts(page);
        },
      });
      const bob = await join('Bob');
      await bob.select('Ann');
      await bob.send('Hello');
      await expect(ann.list.getByRole('button')).toContainText('1 unread');
      // Bob has come and written, which is not to move anything but what makes room for it in the list.
      const { moved, what } = await shiftsOf(ann.page);
      expect(moved, what.join('\n')).toBeLessThan(0.01);
    });
  }
});
