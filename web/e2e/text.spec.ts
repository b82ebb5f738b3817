import { expectNoSidewaysScrolling } from './layout.ts';
import { describe, expect, it } from './fixtures.ts';

const HOSTILE = '<img src=x onerror="document.title=`owned`">';

describe('text from others', () => {
  it('is text: HTML in a name or a message is shown, and nothing of it runs', async ({ join, terminal }) => {
    const ann = await join('Ann');
    const eve = await join(HOSTILE);
    terminal('<b>Tess</b>');
    await expect(ann.listed('<b>Tess</b>')).toBeVisible();
    const requests: string[] = [];
    ann.page.on('request', (request) => requests.push(request.url()));

    await eve.select('Ann');
    await eve.send(`<script>document.title="owned"</script>${HOSTILE}`);
    await ann.select(HOSTILE);
    // What stands between backticks is code, and shown without them.
    const shown = `<script>document.title="owned"</script>${HOSTILE.replaceAll('`', '')}`;
    await expect(ann.messages).toHaveText([shown]);
    await expect(ann.page.getByRole('heading', { name: HOSTILE })).toBeVisible();
    await expect(ann.page.locator('app-root img, app-root script, app-root b')).toHaveCount(0);
    await ann.send('[link](javascript:alert(1)) javascript:alert(1)');
    await expect(ann.page.getByRole('link', { name: /javascript/ })).toHaveCount(0);
    await expect(ann.page).toHaveTitle('hello-websocket');
    expect(requests.filter((url) => url.endsWith('/x'))).toEqual([]);
  });

  for (const [kind, text, direction, isLong] of [
    ['without a break', 'w'.repeat(3000), 'ltr', true],
    ['in Arabic and Hebrew', 'مرحبا بالعالم — שלום עולם '.repeat(20).trim(), 'rtl', false],
    ['of emoji', '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(80), 'ltr', false],
    ['of many lines', Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n'), 'ltr', true],
  ] as const) {
    it(`${kind} arrives whole and breaks no layout, at 360 px either`, async ({ join }) => {
      const ann = await join('Ann');
      const bob = await join('Bob');
      await bob.page.setViewportSize({ width: 360, height: 740 });
      await bob.select('Ann');
      await ann.select('Bob');
      await ann.send(text);
      for (const { messages, page, field } of [ann, bob]) {
        await expect(messages).toHaveCount(1);
        const more = page.getByRole('button', { name: 'Show all' });
        await expect(more).toHaveCount(isLong ? 1 : 0);
        if (isLong) await more.click();
        await expect.poll(() => messages.textContent()).toBe(text);
        await expect(messages).toHaveCSS('direction', direction);
        await expectNoSidewaysScrolling(page);
        await expect(field).toBeInViewport({ ratio: 1 });
      }
      await bob.field.fill(text);
      await expectNoSidewaysScrolling(bob.page);
      await expect(bob.page.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
    });
  }

  it('as a name of 64 characters without a break breaks no layout, at 360 px either', async ({ join }) => {
    const name = 'N'.repeat(64);
    const ann = await join('Ann');
    await join(name);
    await ann.page.setViewportSize({ width: 360, height: 740 });
    await expect(ann.listed(name)).toBeVisible();
    await expectNoSidewaysScrolling(ann.page);
    await ann.select(name);
    await expectNoSidewaysScrolling(ann.page);
    await expect(ann.page.getByRole('button', { name: 'Close the conversation' })).toBeInViewport({
      ratio: 1,
    });
  });
});
