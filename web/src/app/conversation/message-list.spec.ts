import { until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import type { Line } from '../connection/conversation.ts';
import type { Status } from '../connection/outbox.ts';
import { MessageList } from './message-list.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4);
const theirs = (text: string): Line => ({ id: 'same', text, at: AT });
const mine = (text: string, status: Status = { kind: 'sent' }): Line => ({
  id: 'same',
  text,
  at: AT,
  sent: { stream: 's', seq: 0, status },
});
const many = (count: number) => Array.from({ length: count }, (_, n) => theirs(`line ${n}`));

async function setup(lines: readonly Line[]) {
  const view = await show(MessageList, { lines, call: 'Ann', session: 's-ann' });
  view.host.style.height = '200px';
  // The list learns of its height in the next frame, after that frame's callbacks.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const atEnd = () => view.host.scrollHeight - view.host.scrollTop - view.host.clientHeight < 2;
  const scrollTo = async (top: number) => {
    view.host.scrollTop = top;
    view.host.dispatchEvent(new Event('scroll'));
    await view.settled();
  };
  return { atEnd, scrollTo, view };
}

describe('MessageList', () => {
  it('shows every message in order, equal ids included', async () => {
    const { view } = await setup([theirs('one'), mine('two'), theirs('one')]);
    expect(view.texts('.text')).toEqual(['one', 'two', 'one']);
  });

  it('says who speaks, when, and how far a message of ours got', async () => {
    const { view } = await setup([theirs('one'), mine('two')]);
    expect(view.texts('li > span')).toEqual(['Ann:', 'You:']);
    expect(view.find('time').getAttribute('datetime')).toBe('2026-01-02T03:04:00.000Z');
    expect(view.texts('.meta').map((text) => text.includes('Sent'))).toEqual([false, true]);
  });

  it('says why a message was refused', async () => {
    const { view } = await setup([
      mine('two', { kind: 'refused', code: 'gone', reason: 'nobody has that id' }),
    ]);
    expect(view.texts('.meta')[0]).toContain('Not delivered (gone): nobody has that id');
    expect(view.texts('.meta')[0]).not.toContain('Sent');
  });

  it('lets one try again what may be tried, and cancel what was not sent', async () => {
    const unsettled: readonly [string, Status][] = [
      ['m1', { kind: 'unconfirmed' }],
      ['m2', { kind: 'queued' }],
      ['m3', { kind: 'delivered' }],
    ];
    const lines = unsettled.map(([id, status]) => ({ ...mine(`text of ${id}`, status), id }));
    const { view } = await setup(lines);
    await view.set({ canRetry: ({ id }: Line) => id === 'm1' });
    const asked: string[] = [];
    view.fixture.componentInstance.retried.subscribe((id) => asked.push(`retry ${id}`));
    view.fixture.componentInstance.cancelled.subscribe((id) => asked.push(`cancel ${id}`));
    expect(view.texts('.meta button')).toEqual(['Try again: text of m1', 'Cancel: text of m2']);
    await view.press('Try again');
    await view.press('Cancel');
    expect(asked).toEqual(['retry m1', 'cancel m2']);
  });

  it('shows text as it was written and never as markup', async () => {
    const { view } = await setup([theirs('<b>bold</b>\n  code')]);
    expect(view.find('.text').textContent).toBe('<b>bold</b>\n  code');
    expect(getComputedStyle(view.find('.text')).whiteSpaceCollapse).toBe('preserve');
    expect(view.find('.text').getAttribute('dir')).toBe('auto');
  });

  it('teaches when nothing was said yet', async () => {
    expect((await setup([])).view.text()).toContain('Nothing has been said yet');
  });

  it('can be scrolled by keyboard, and has a name', async () => {
    const { view } = await setup([]);
    expect(view.host.tabIndex).toBe(0);
    expect(view.host.getAttribute('aria-label')).toBe('Messages with Ann');
  });

  it('follows the newest message while the reader is at the end', async () => {
    const { atEnd, view } = await setup(many(50));
    await view.set({ lines: many(80) });
    expect(atEnd()).toBeTrue();
    expect(view.texts('.missed')).toEqual([]);
  });

  it('stays where the reader has scrolled to, counts what is missed, and goes there when asked', async () => {
    const { atEnd, scrollTo, view } = await setup(many(50));
    await view.set({ lines: many(51) });
    await scrollTo(100);
    await view.set({ lines: many(53) });
    expect(view.host.scrollTop).toBe(100);
    expect(view.texts('.missed')).toEqual(['2 new messages']);
    await view.click('.missed');
    await scrollTo(view.host.scrollTop);
    expect(atEnd()).toBeTrue();
    expect(view.texts('.missed')).toEqual([]);
  });

  it('says how many older messages are not kept, and counts what is missed all the same', async () => {
    const { scrollTo, view } = await setup(many(50));
    expect(view.texts('.dropped')).toEqual([]);
    await view.set({ lines: many(51) });
    await scrollTo(100);
    await view.set({ dropped: 2, lines: many(51) });
    expect(view.texts('.dropped')).toEqual(['Older messages are not kept on the page: 2.']);
    expect(view.texts('.missed')).toEqual(['2 new messages']);
  });

  it('goes to the end for a message of our own', async () => {
    const { atEnd, scrollTo, view } = await setup(many(50));
    await view.set({ lines: many(51) });
    await scrollTo(100);
    await view.set({ lines: [...many(51), mine('here')] });
    expect(atEnd()).toBeTrue();
  });

  it('leaves scrolling to the reader, near the end too', async () => {
    const { scrollTo, view } = await setup(many(50));
    await scrollTo(100);
    const nearEnd = view.host.scrollHeight - view.host.clientHeight - 20;
    await scrollTo(nearEnd);
    expect(view.host.scrollTop).toBe(nearEnd);
  });

  it('stays at the end when it loses height to the composer', async () => {
    const { atEnd, view } = await setup(many(50));
    await view.set({ lines: many(51) });
    view.host.style.height = '120px';
    expect(atEnd()).toBeFalse();
    await until(atEnd);
    expect(atEnd()).toBeTrue();
  });

  it('begins at the end of another conversation', async () => {
    const { atEnd, scrollTo, view } = await setup(many(50));
    await view.set({ lines: many(51) });
    await scrollTo(100);
    await view.set({ lines: many(70), session: 's-bob', call: 'Bob' });
    expect(atEnd()).toBeTrue();
  });
});
