import { describe, expect, it } from './fixtures.ts';

describe('the colours of the page', () => {
  it('are those of the system until one chooses, and then as one chose, after a reload, too', async ({
    join,
  }) => {
    const { page } = await join('Ann');
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    expect(dark).not.toBe(light);
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    expect(await ground()).toBe(dark);
    await page.reload();
    expect(await ground()).toBe(dark);
    await page.getByRole('radio', { name: 'As the system' }).check({ force: true });
    expect(await ground()).toBe(light);
  });
});

describe('the language of the page', () => {
  it('is changed where one is: session, conversation and draft stay [P15]', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await ann.select('Bob');
    await ann.send('Hello Bob');
    await ann.field.fill('half a sentence');
    await ann.page.getByRole('combobox', { name: 'Language' }).selectOption('ja');
    await expect(ann.page.locator('html')).toHaveAttribute('lang', 'ja');
    await expect(ann.page.locator('app-composer textarea')).toHaveValue('half a sentence');
    await expect(ann.page.locator('app-message-list .text')).toHaveText(['Hello Bob']);
    await ann.page.locator('app-composer textarea').press('Enter');
    await bob.select('Ann');
    await expect(bob.messages).toHaveText(['Hello Bob', 'half a sentence']);
    await expect(bob.list.getByRole('button')).toHaveCount(1);
  });
});
