import type { Page } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';

/** Sums up from the beginning how much of the page moved without being asked to. */
const watchShifts = (page: Page): Promise<void> =>
  page
    .addInitScript(() => {
      const sum = { moved: 0 };
      Object.assign(window, { layoutShifts: sum });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const hadInput: unknown = Reflect.get(entry, 'hadRecentInput');
          const value: unknown = Reflect.get(entry, 'value');
          if (hadInput === false && typeof value === 'number') sum.moved += value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    })
    .then(() => undefined);

const shiftsOf = (page: Page): Promise<unknown> =>
  page.evaluate((): unknown => Reflect.get(Reflect.get(window, 'layoutShifts') as object, 'moved'));

describe('nothing moves when data arrives', () => {
  for (const [width, height] of [
    [360, 740],
    [768, 1024],
    [1920, 1080],
  ] as const) {
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
      expect(await shiftsOf(ann.page)).toBeLessThan(0.01);
    });
  }
});
