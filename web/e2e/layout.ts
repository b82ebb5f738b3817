import { expect, type Page } from '@playwright/test';

/** What is wider than its place, as tags with their classes. */
const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
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

/**
 * Expects that nothing on the page is wider than its place: neither the page nor what scrolls in it goes sideways. A
 * window that has just become another size is waited for: the page is told of it with the next frame.
 */
export const expectNoSidewaysScrolling = (page: Page): Promise<void> =>
  expect.poll(() => tooWide(page), 'what is wider than its place').toEqual([]);
