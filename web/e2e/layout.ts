import { expect, type Page } from '@playwright/test';

/** Expects that nothing on the page is wider than its place: neither the page nor what scrolls in it goes sideways. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('html, body, body *')]
      .filter((element) => element.scrollWidth > element.clientWidth && element.clientWidth > 0)
      // What is drawn inside a picture has no place of its own.
      .filter((element) => element.parentElement?.closest('svg') == null)
      .filter((element) => {
        const { overflowX, textOverflow, display } = getComputedStyle(element);
        // What is cut with an ellipsis or hidden from sight is meant to be.
        return display !== 'inline' && textOverflow !== 'ellipsis' && overflowX !== 'hidden';
      })
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`),
  );
  expect(wide, 'what is wider than its place').toEqual([]);
}
