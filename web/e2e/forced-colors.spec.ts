import type { Locator } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';

/** The line around an element, and how far from its edge it is: colours alone say nothing where the system forces its own. */
const lineAround = (element: Locator): Promise<string> =>
  element.evaluate((one) => {
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(one);
    return outlineStyle === 'none' ? 'none' : `${outlineWidth} at ${outlineOffset}`;
  });

const CHOSEN = '2px at -2px';
const FOCUSED = '3px at 2px';

describe('where the system forces its colours', () => {
  it('a line is around what is chosen or pressed, and another around what has the focus', async ({
    join,
  }) => {
    const ann = await join('Ann', {
      before: async (page) => {
        await page.emulateMedia({ forcedColors: 'active' });
        await page.setViewportSize({ width: 1920, height: 1080 });
      },
    });
    const { page } = ann;
    await join('Bob');
    await ann.select('Bob');
    await ann.send('Hello');
    await expect(ann.lastLine).toContainText('Delivered');
    const frames = page.getByRole('listbox', { name: 'Frames' });
    await frames.getByRole('option').last().click();
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    await pause.click();
    await ann.field.focus();

    for (const chosen of [
      ann.listed('Bob'),
      page.getByRole('tab', { name: 'Frames' }),
      page.getByRole('button', { name: 'Wire', exact: true }),
      page.getByRole('button', { name: 'JSON', exact: true }),
      frames.getByRole('option', { selected: true }),
      pause,
    ])
      expect(await lineAround(chosen), String(chosen)).toBe(CHOSEN);
    for (const other of [page.getByRole('tab', { name: 'Hops' }), frames.getByRole('option').first()])
      expect(await lineAround(other), String(other)).toBe('none');

    await page.keyboard.press('Shift+Tab');
    await pause.focus();
    expect(await lineAround(pause)).toBe(FOCUSED);
  });
});
