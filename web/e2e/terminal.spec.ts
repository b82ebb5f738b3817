import { describe, expect, it } from './fixtures.ts';

describe('a terminal and a page', () => {
  it('talk both ways; the id that the terminal is told is the one that the page lists [P30] [P31] [P33]', async ({
    join,
    terminal,
  }) => {
    const ann = await join('Ann');
    const tess = terminal('Tess');
    await expect(ann.listed('Tess')).toContainText('terminal');

    await ann.select('Tess');
    await ann.send('Hello terminal');
    await tess.shows('Hello terminal');

    tess.send('who am i');
    await tess.shows('Hello terminal', /^YOUR ID: \S+$/);
    await expect(ann.partnerId).toHaveText(tess.lines[1]?.replace('YOUR ID: ', '') ?? 'no id');

    tess.send('Hello page', await ann.ownId());
    await expect(ann.messages).toHaveText(['Hello terminal', 'Hello page']);
    await ann.send('Two lines\nof text');
    await tess.shows('Hello terminal', /^YOUR ID: /, 'Two lines', 'of text');
  });

  it('are told what it means that a terminal sends no receipts [P14]', async ({ join, terminal }) => {
    const ann = await join('Ann');
    await join('Bob');
    terminal('Tess');
    const note = ann.page.getByText('It sends no receipts', { exact: false });
    await ann.select('Bob');
    await expect(note).toBeHidden();
    await ann.select('Tess');
    await expect(note).toBeVisible();
  });

  it('part when the terminal ends [P21]', async ({ join, terminal }) => {
    const ann = await join('Ann');
    const tess = terminal('Tess');
    await expect(ann.listed('Tess')).toBeVisible();
    await tess.leave();
    await expect(ann.listed('Tess')).toBeHidden();
  });

  it('meet by the lines that the page offers to copy [P2] [P30]', async ({ join, stack, room }) => {
    const ann = await join('Ann');
    const lines = ann.page.locator('code.line');
    await expect(lines.nth(0)).toHaveText(`npx wscat -c '${stack.webSocket}?room=${room}'`);
    await expect(lines.nth(1)).toHaveText('{"action":"sendMessageRoute", "data":"who am i"}');
    await expect(lines.nth(2)).toContainText(`"forward":"${await ann.ownId()}"`);
  });

  it('stay connected after a line that is no frame, which is answered in words [P32]', async ({
    join,
    terminal,
  }) => {
    const ann = await join('Ann');
    const tess = terminal('Tess');
    await ann.select('Tess');
    await ann.send('Hello');
    await tess.shows('Hello');
    tess.type('not JSON');
    await tess.shows('Hello', /^ERROR: /);
    await ann.send('Still there?');
    await tess.shows('Hello', /^ERROR: /, 'Still there?');
  });
});
