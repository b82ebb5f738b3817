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

const numbered = (from: number, to: number) =>
  many(to)
    .map((line, n) => ({ ...line, id: `m${n}` }))
    .slice(from);

async function setup(lines: readonly Line[]) {
  const view = await show(MessageList, { lines, call: 'Ann', session: 's-ann' });
  view.host.style.height = '200px';
  // The list learns of its height in the next frame, after that frame's callbacks.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const atEnd = () => view.host.scrollHeight - view.host.scrollTop - view.host.clientHeight < 2;
  const scrollTo = async (top: number) => {
    view.host.scrollTop = top;
    view.host.dispatchEvent(new Event('scroll'));
    // What comes into sight gets its height in the next frames.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await view.settled();
  };
  return { atEnd, scrollTo, view };
}

describe('MessageList', () => {
  it('shows every message in order, equal ids included', async () => {
    const { view } = await setup([theirs('one'), mine('two'), theirs('one')]);
    expect(view.texts('.text')).toEqual(['one', 'two', 'one']);
  });

  it('says on which days, and from where the messages are new', async () => {
    const next = { ...theirs('two'), id: 'new', at: AT + 24 * 3600_000 };
    const { view } = await setup([theirs('one'), next]);
    await view.set({ newFrom: 'new' });
    expect(view.texts('li')[1]).toContain('one');
    expect(view.texts('li.day').length).toBe(2);
    expect(view.texts('li.day, li.new, .text')).toEqual([
      view.texts('li.day')[0] ?? '',
      'one',
      view.texts('li.day')[1] ?? '',
      'New messages',
      'two',
    ]);
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
    expect(view.texts('.meta > button')).toEqual(['Try again: text of m1', 'Cancel: text of m2']);
    await view.press('Try again');
    await view.press('Cancel');
    expect(asked).toEqual(['retry m1', 'cancel m2']);
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
    await until(atEnd);
    expect(atEnd()).toBeTrue();
    expect(view.texts('.missed')).toEqual([]);
  });

  it('stays where the reader has scrolled to, counts what is missed, and goes there when asked', async () => {
    const { atEnd, scrollTo, view } = await setup(many(50));
    await view.set({ lines: many(51) });
    await scrollTo(100);
    await view.set({ lines: many(53) });
    expect(atEnd()).toBeFalse();
    expect(view.texts('.missed')).toEqual(['2 new messages']);
    await view.click('.missed');
    await scrollTo(view.host.scrollTop);
    expect(atEnd()).toBeTrue();
    expect(view.texts('.missed')).toEqual([]);
  });

  it('leads back to the newest message when nothing is missed, too', async () => {
    const { atEnd, scrollTo, view } = await setup(many(50));
    expect(view.texts('.missed')).toEqual([]);
    await scrollTo(100);
    expect(view.texts('.missed')).toEqual(['To the newest message']);
    // It lies over the messages, and moves none of them.
    expect(view.find('.jump').getBoundingClientRect().height).toBe(0);
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
    const { atEnd, scrollTo, view } = await setup(many(50));
    await scrollTo(100);
    await scrollTo(view.host.scrollHeight - view.host.clientHeight - 20);
    expect(atEnd()).toBeFalse();
  });

  it('stays at the end when it loses height to the composer', async () => {
    const { atEnd, view } = await setup(many(50));
    await view.set({ lines: many(51) });
    view.host.style.height = '120px';
    expect(atEnd()).toBeFalse();
    await until(atEnd);
    expect(atEnd()).toBeTrue();
  });

  it('stays at the end when what is there gets higher, and not when the reader unfolds it', async () => {
    const text = Array.from({ length: 60 }, (_, n) => `row ${n}`).join('\n');
    const { atEnd, scrollTo, view } = await setup([...numbered(0, 50), { ...theirs(text), id: 'long' }]);
    const last = view.host.querySelector<HTMLElement>('li.line:last-of-type');
    const frames = async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      await view.settled();
    };
    if (last) last.style.paddingBlockEnd = '300px';
    await frames();
    expect(atEnd()).toBeTrue();
    const before = view.host.scrollTop;
    await view.press('Show all');
    await frames();
    expect(view.host.scrollTop).toBe(before);
    expect(view.texts('.missed')).toEqual(['To the newest message']);
    await scrollTo(view.host.scrollHeight);
    expect(view.texts('.missed')).toEqual([]);
  });

  it('begins at the end of another conversation', async () => {
    const { atEnd, scrollTo, view } = await setup(many(50));
    await view.set({ lines: many(51) });
    await scrollTo(100);
    await view.set({ lines: many(70), session: 's-bob', call: 'Bob' });
    expect(atEnd()).toBeTrue();
  });

  it('lays out only what can be seen, and makes nothing anew when the oldest goes', async () => {
    const { view } = await setup(numbered(0, 80));
    const items = () => [...view.host.querySelectorAll('li.line')];
    const before = items();
    expect(before.every((item) => getComputedStyle(item).contentVisibility === 'auto')).toBeTrue();
    await view.set({ lines: numbered(1, 81), dropped: 1 });
    expect(items().slice(0, -1)).toEqual(before.slice(1));
  });

  it('holds the newest of a long conversation, and older ones when somebody scrolls up to them', async () => {
    const { scrollTo, view } = await setup(numbered(0, 1000));
    const shown = () => view.texts('.text');
    expect([shown().length, shown()[0]]).toEqual([100, 'line 900']);
    const first = view.find('li.line');
    await scrollTo(0);
    expect([shown().length, shown()[0]]).toEqual([200, 'line 800']);
    // What was being read is still before the reader's eyes.
    const [inner, outer] = [first.getBoundingClientRect(), view.host.getBoundingClientRect()];
    expect(inner.top).toBeLessThan(outer.bottom);
    expect(inner.bottom).toBeGreaterThan(outer.top);
    await view.press('Show older messages');
    expect(shown().length).toBe(300);
  });

  it('says that older ones are not kept where the oldest is', async () => {
    const { view } = await setup(numbered(0, 150));
    await view.set({ dropped: 7 });
    expect(view.texts('.dropped')).toEqual(['Show older messages']);
    await view.press('Show older messages');
    expect(view.texts('.dropped')).toEqual(['Older messages are not kept on the page: 7.']);
    expect(view.texts('.text').length).toBe(150);
  });

  it('is not moved by what becomes of a message of ours that was there before', async () => {
    const { atEnd, scrollTo, view } = await setup([...numbered(0, 50), mine('ours')]);
    await scrollTo(100);
    await view.set({ lines: [...numbered(0, 50), mine('ours', { kind: 'delivered' })] });
    expect(atEnd()).toBeFalse();
  });

  it('offers what can be done with the newest message, and with the one that is pointed at', async () => {
    const { view } = await setup([theirs('one'), { ...theirs('two'), id: 'm2' }]);
    const offered = () => view.find('app-message-actions').closest('li')?.querySelector('.text')?.textContent;
    expect(offered()).toBe('two');
    const height = view.host.scrollHeight;
    view.find('.text').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await view.settled();
    expect(offered()).toBe('one');
    expect(view.host.scrollHeight).toBe(height);
    const asked: string[] = [];
    view.fixture.componentInstance.framesAsked.subscribe((id) => asked.push(id));
    await view.click('app-message-actions button:last-child');
    expect(asked).toEqual(['same']);
  });

  it('goes from message to message by the arrow keys, from the newest', async () => {
    const { view } = await setup(numbered(0, 50));
    const press = (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      (document.activeElement ?? view.host).dispatchEvent(event);
      return event.defaultPrevented;
    };
    const focused = () => document.activeElement?.querySelector('.text')?.textContent;
    view.host.focus();
    expect(press('ArrowUp')).toBeTrue();
    expect(focused()).toBe('line 49');
    press('ArrowUp');
    press('ArrowUp');
    expect(focused()).toBe('line 47');
    press('ArrowDown');
    expect(focused()).toBe('line 48');
    press('ArrowDown');
    expect(press('ArrowDown')).toBeFalse();
    expect(focused()).toBe('line 49');
  });

  it('reads a message that is higher than the list to its end before it goes on', async () => {
    const high = theirs(Array.from({ length: 20 }, () => 'line').join('\n'));
    const { view } = await setup([theirs('one'), { ...high, id: 'high' }]);
    const last = view.host.querySelector<HTMLElement>('li.line:last-of-type');
    last?.focus({ preventScroll: true });
    const event = new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, cancelable: true });
    last?.dispatchEvent(event);
    expect(event.defaultPrevented).toBeFalse();
    expect(document.activeElement).toBe(last);
  });

  it('puts an old message on the page that is asked for', async () => {
    const { view } = await setup(numbered(0, 1000));
    await view.set({ revealed: { messageId: 'm300' } });
    expect(view.texts('.revealed .text')).toEqual(['line 300']);
    expect(document.activeElement).toBe(view.find('.revealed'));
    expect(view.texts('.text').length).toBe(700);
  });

  it('begins at the message that is asked for when another conversation is opened for it', async () => {
    const { atEnd, view } = await setup(many(50));
    const lines = numbered(0, 70);
    let done = 0;
    view.fixture.componentInstance.revealDone.subscribe(() => done++);
    await view.set({ lines, session: 's-bob', revealed: { messageId: 'm7' } });
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    expect(atEnd()).toBeFalse();
    expect(view.texts('.revealed .text')).toEqual(['line 7']);
    expect(done).toBe(1);
    await view.set({ revealed: { messageId: 'dropped' } });
    expect(done).toBe(2);
  });

  it('scrolls to a message that is asked for and marks it, until the reader points at another', async () => {
    const lines = numbered(0, 50);
    const { view } = await setup(lines);
    await view.set({ revealed: { messageId: 'm7' } });
    const item = view.find('.revealed');
    expect(item.querySelector('.text')?.textContent).toBe('line 7');
    expect(document.activeElement).toBe(item);
    const [inner, outer] = [item.getBoundingClientRect(), view.host.getBoundingClientRect()];
    expect(inner.top).toBeGreaterThanOrEqual(outer.top);
    expect(inner.bottom).toBeLessThanOrEqual(outer.bottom);
    view.find('li.line').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    await view.settled();
    expect(view.texts('.revealed')).toEqual([]);
  });
});
