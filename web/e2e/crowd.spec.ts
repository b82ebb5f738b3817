import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { Crowd } from './crowd.ts';
import { describe, expect, it as base } from './fixtures.ts';

/** A room lists 200 [P24], the page itself and a late one among them. */
const PEERS = 190;
/** A task that is longer is noticed by whoever types. */
const LONG_TASK_MS = 50;

const it = base.extend<{ crowd: Crowd }>({
  crowd: async ({ stack, room }, use) => {
    const crowd = new Crowd(stack.webSocket, room);
    await use(crowd);
    crowd.leave();
  },
});

/** What the page does meanwhile that takes longer than it may, in milliseconds. */
async function longTasks(page: Page, work: () => Promise<unknown>): Promise<readonly number[]> {
  const tasks = await page.evaluateHandle(() => {
    const long: number[] = [];
    new PerformanceObserver((list) =>
      long.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
    });
    return long;
  });
  await work();
  // What was last is told after it has been drawn.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
  });
  return (await tasks.jsonValue()).filter((duration) => duration > LONG_TASK_MS);
}

describe(`in a room with ${PEERS} peers`, () => {
  describe.configure({ timeout: 240_000 });

  it('a page stays quick when one more comes, is chosen or is looked for, and the keyboard needs no 200 stops', async ({
    crowd,
    join,
  }) => {
    const ann = await join('Ann', { before: (its) => its.setViewportSize({ width: 1920, height: 1080 }) });
    const { page } = ann;
    await crowd.join(PEERS);
    await expect(ann.list.getByRole('listitem')).toHaveCount(PEERS);
    await page.getByRole('tab', { name: 'Pictures' }).click();
    await expect(page.locator('app-room-map circle.peer')).toHaveCount(PEERS + 1);

    const late = longTasks(page, async () => {
      await crowd.join(1);
      // Counted, for looking for a name in all of them takes the page itself long.
      await page.waitForFunction(
        (count) => document.querySelectorAll('app-peer-list li').length === count,
        PEERS + 1,
      );
    });
    expect(await late, 'when one more comes').toEqual([]);

    const found = longTasks(page, () => page.getByRole('searchbox', { name: 'Find a peer' }).fill('peer 18'));
    expect(await found, 'when one is looked for').toEqual([]);
    await expect(ann.list.getByRole('listitem')).toHaveCount(11);
    await page.getByRole('searchbox', { name: 'Find a peer' }).fill('');

    const chosen = longTasks(page, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: `Peer ${PEERS}` })).toBeFocused();
    });
    expect(await chosen, 'when one is chosen').toEqual([]);
    await expect(ann.listed(`Peer ${PEERS}`)).toBeInViewport();

    // Back to the room: the list is one stop, whose peer is the one that was chosen.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(ann.listed(`Peer ${PEERS}`)).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('button', { name: /unread$/ })).toBeFocused();
  });

  it('one finds who has written', async ({ crowd, join }) => {
    const ann = await join('Ann');
    await crowd.join(PEERS);
    crowd.write('Peer 150', await ann.ownId(), 'It is me');
    const unread = ann.page.getByRole('button', { name: '1 unread', exact: true });
    await unread.click();
    await expect(ann.list.getByRole('listitem')).toHaveText([/Peer 150.*It is me.*1 unread/s]);
    await expectAccessible(ann.page);
  });
});
