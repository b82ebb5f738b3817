import type { Page } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';
import { expectNoSidewaysScrolling } from './layout.ts';

const language = (page: Page) => page.locator('html').getAttribute('lang');

describe('in a Japanese browser', () => {
  it.use({ locale: 'ja-JP' });

  it('the page comes up in Japanese, and tells so to whoever reads it aloud', async ({ open }) => {
    const { page } = await open({ name: '蛸' });
    const status = page.getByRole('status', { name: '接続', exact: true });
    await expect(status).toHaveText('接続済み');
    await expect(page.getByRole('heading', { name: 'まだほかに誰もいません' })).toBeVisible();
    expect(await language(page)).toBe('ja');
  });

  it('a conversation is in Japanese, and everything fits a phone', async ({ open }) => {
    const { page } = await open({ name: '蛸' });
    const other = await open({ name: 'クラーケン' });
    await other.page.getByRole('button').filter({ hasText: '蛸' }).click();
    const field = other.page.getByRole('textbox', { name: '蛸 へのメッセージ' });
    await field.fill('https://a.example/を見てください');
    await field.press('Enter');
    await expect(other.page.getByRole('region', { name: '蛸 との会話' })).toContainText('配信済み');
    await expect(other.page.getByRole('link', { name: 'https://a.example/', exact: true })).toBeVisible();
    for (const one of [page, other.page]) {
      await one.setViewportSize({ width: 360, height: 740 });
      await expectNoSidewaysScrolling(one);
    }
  });

  it('English can be chosen, and stays chosen', async ({ open }) => {
    const { page } = await open();
    await page.getByRole('combobox', { name: '言語' }).selectOption('English');
    await expect(page.getByRole('status', { name: 'Connection', exact: true })).toHaveText('Connected');
    expect(await language(page)).toBe('en');
    await page.reload();
    await expect(page.getByRole('status', { name: 'Connection', exact: true })).toHaveText('Connected');
    expect(await language(page)).toBe('en');
  });
});
