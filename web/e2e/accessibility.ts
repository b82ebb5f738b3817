import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { expectNoSidewaysScrolling } from './layout.ts';

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCHEMES = ['light', 'dark'] as const;
const WINDOWS = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1920, height: 1080 },
] as const;

/** Expects no violation of WCAG 2.2 AA and no sideways scrolling, whatever window and scheme the page is seen in. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of SCHEMES) {
    for (const window of WINDOWS) {
      await test.step(`${colorScheme}, ${window.width} px`, async () => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(window);
        const { violations, passes } = await new AxeBuilder({ page }).withTags(WCAG_2_2_AA).analyze();
        expect(
          violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) })),
        ).toEqual([]);
        expect(passes.map(({ id }) => id)).toContain('color-contrast');
        await expectNoSidewaysScrolling(page);
      });
    }
  }
}
