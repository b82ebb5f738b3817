import type { Locator } from '@playwright/test';
import { describe, expect, it } from './fixtures.ts';
import type { Peer } from './peer.ts';

/** Presses Tab until `target` has the focus, and sees to it that every stop on the way shows that it has it. */
async function tabTo({ page }: Peer, target: Locator): Promise<void> {
  for (let stops = 0; stops < 30; stops++) {
    await page.keyboard.press('Tab');
    // Between the last stop and the first, the focus is with the browser.
    if ((await page.locator(':focus').count()) === 0) continue;
    await expectFocusVisible(page.locator(':focus'));
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`30 times Tab did not reach ${String(target)}`);
}

async function expectFocusVisible(focused: Locator): Promise<void> {
  const { style, width } = await focused.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return { style: outlineStyle, width: Number.parseFloat(outlineWidth) };
  });
  expect(style).not.toBe('none');
  expect(width).toBeGreaterThanOrEqual(2);
}

describe('with the keyboard alone', () => {
  it('one reaches the list, chooses a peer, writes, sends with Enter and breaks the line with Shift+Enter', async ({
    join,
  }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await bob.select('Ann');
    await tabTo(ann, ann.listed('Bob'));
    await ann.page.keyboard.press('Enter');

    // The conversation takes the focus, so that Tab leads on from there.
    await expect(ann.page.getByRole('heading', { name: 'Bob' })).toBeFocused();
    await tabTo(ann, ann.field);
    await ann.page.keyboard.type('first line');
    await ann.page.keyboard.press('Shift+Enter');
    await ann.page.keyboard.type('second line');
    await expect(ann.field).toHaveValue('first line\nsecond line');
    expect(ann.messageFrames()).toHaveLength(0);
    await ann.page.keyboard.press('Enter');
    await expect(bob.messages).toHaveText(['first line\nsecond line'], { useInnerText: true });

    // And the next one follows at once.
    await expect(ann.field).toBeFocused();
    await expect(ann.field).toHaveValue('');
    await ann.page.keyboard.type('third');
    await ann.page.keyboard.press('Enter');
    await expect(bob.messages).toHaveCount(2);
  });

  it('one disconnects and connects again', async ({ join }) => {
    const ann = await join('Ann');
    const bob = await join('Bob');
    await tabTo(ann, ann.page.getByRole('button', { name: 'Disconnect' }));
    await ann.page.keyboard.press('Enter');
    await expect(ann.status).toHaveText('Disconnected');
    await expect(bob.listed('Ann')).toBeHidden();
    await expect(ann.page.getByRole('button', { name: 'Connect', exact: true })).toBeFocused();
    await ann.page.keyboard.press('Enter');
    await ann.connected();
    await expect(ann.page.getByRole('button', { name: 'Disconnect' })).toBeFocused();
    await expect(bob.listed('Ann')).toBeVisible();
  });
});

describe('a single key', () => {
  it('shows the keys, goes to peers and conversations, and hides the wire', async ({ join }) => {
    const ann = await join('Ann');
    await join('Bob');
    await expect(ann.listed('Bob')).toBeVisible();
    const { keyboard } = ann.page;
    await keyboard.press('?');
    const sheet = ann.page.getByRole('dialog', { name: 'Keys' });
    await expect(sheet).toBeVisible();
    await keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await keyboard.press('p');
    await expect(ann.listed('Bob')).toBeFocused();
    await keyboard.press('j');
    await expect(ann.page.getByRole('heading', { name: 'Bob' })).toBeFocused();
    const wire = ann.page.getByRole('complementary', { name: 'Wire' });
    await expect(wire).toBeVisible();
    await keyboard.press('w');
    await expect(wire).toBeHidden();
    await keyboard.press('c');
    await expect(ann.field).toBeFocused();
    // And now they are letters.
    await keyboard.type('?pjwn');
    await expect(ann.field).toHaveValue('?pjwn');
    await expect(wire).toBeHidden();
    await expect(ann.page.getByRole('status', { name: 'Your connectionId' })).toHaveCount(1);
  });

  it('does nothing once the keys are switched off, after a reload, too', async ({ join }) => {
    const ann = await join('Ann');
    const { keyboard } = ann.page;
    await ann.page.getByRole('button', { name: 'Keys' }).click();
    await ann.page.getByRole('checkbox', { name: /^Single keys/ }).uncheck();
    await keyboard.press('Escape');
    await ann.page.reload();
    await ann.connected();
    const wire = ann.page.getByRole('complementary', { name: 'Wire' });
    await keyboard.press('w');
    await keyboard.press('?');
    await expect(ann.page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
    await expect(wire).toBeVisible();
  });
});

describe('one click on the copy button', () => {
  it('puts the own connectionId on the clipboard, and says so', async ({ join }) => {
    const ann = await join('Ann', {
      before: (page) => page.context().grantPermissions(['clipboard-read', 'clipboard-write']),
    });
    await ann.page.getByRole('button', { name: 'Copy your connectionId' }).click();
    await expect(ann.page.getByRole('button', { name: 'Copied your connectionId' })).toBeVisible();
    expect(await ann.page.evaluate(() => navigator.clipboard.readText())).toBe(await ann.ownId());
  });
});
