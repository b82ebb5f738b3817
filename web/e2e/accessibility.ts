import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { expectNoSidewaysScrolling } from './layout.ts';

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCHEMES = ['light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];
/** The rules that look at colours: of all others one scheme tells as much as two. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1920, height: 1080 };
const WINDOWS = {
  // What a window of 1280 by 800 pixels shows when it is zoomed to 200 %.
  light: [PHONE, { width: 768, height: 1024 }, DESK, { width: 640, height: 400 }],
  // Asked for colours alone, which depend on what is shown: what a phone shows, or all at once.
  dark: [PHONE, DESK],
} as const;

async function expectNoViolation(page: Page, scheme: Scheme): Promise<void> {
  // The page has no frames, so that a second page to gather what was found in them is not needed.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const rules = scheme === 'light' ? axe.withTags(WCAG_2_2_AA) : axe.withRules(COLOURS);
  const { violations, passes } = await rules.analyze();
  expect(violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }))).toEqual(
    [],
  );
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  await expectNoSidewaysScrolling(page);
}

/**
 * Expects no violation of WCAG 2.2 AA and no sideways scrolling, whatever window and scheme the page is seen in, in each
 * part of it that a phone shows.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const parts = page.getByRole('tablist', { name: 'Parts of the page' }).getByRole('tab');
  for (const colorScheme of SCHEMES) {
    for (const window of WINDOWS[colorScheme]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(window);
      const name = `${colorScheme}, ${window.width} px`;
      // A phone has tabs; what is wider shows all its parts.
      const isPhone = window.width < 768;
      await expect(parts).toHaveCount(isPhone ? 3 : 0);
      if (!isPhone) {
        await test.step(name, () => expectNoViolation(page, colorScheme));
        continue;
      }
      for (const part of await parts.all()) {
        await part.click();
        await test.step(`${name}, ${await part.innerText()}`, () => expectNoViolation(page, colorScheme));
      }
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The same where something covers the page that takes no clicks to its tabs. */
export async function expectCoveredAccessible(page: Page): Promise<void> {
  for (const colorScheme of SCHEMES) {
    for (const window of WINDOWS[colorScheme]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(window);
      await test.step(`${colorScheme}, ${window.width} px`, () => expectNoViolation(page, colorScheme));
    }
  }
}
