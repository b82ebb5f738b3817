import { show } from '../../testing/view.ts';
import type { Line } from '../connection/conversation.ts';
import type { Status } from '../connection/outbox.ts';
import { Message } from './message.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4);
const THEIRS: Line = { id: 'm1', text: 'hello', at: AT };
const mine = (status: Status): Line => ({ ...THEIRS, sent: { stream: 's', seq: 0, status } });

const setup = (line: Line, inputs: object = {}) => show(Message, { line, call: 'Ann', ...inputs });

describe('Message', () => {
  it('says who speaks, and when', async () => {
    const view = await setup(THEIRS);
    expect(view.texts(':scope > span')).toEqual(['Ann:']);
    expect(view.find('time').getAttribute('datetime')).toBe('2026-01-02T03:04:00.000Z');
    expect(view.host.classList).not.toContain('mine');
    await view.set({ line: mine({ kind: 'sent' }) });
    expect(view.texts(':scope > span')).toEqual(['You:']);
    expect(view.host.classList).toContain('mine');
  });

  it('says how far one of ours got, and of one to us nothing', async () => {
    const view = await setup(THEIRS);
    expect(view.texts('.meta > span:not(.actions)')).toEqual([]);
    for (const [kind, word] of [
      ['queued', 'Queued'],
      ['sent', 'Sent'],
      ['delivered', 'Delivered'],
    ] as const) {
      await view.set({ line: mine({ kind }) });
      expect(view.texts('.meta > span:not(.actions)')).toEqual([word]);
    }
  });

  it('says why one was refused, in its own words and in those of the server', async () => {
    const view = await setup(mine({ kind: 'refused', code: 'gone', reason: 'nobody has that id' }));
    expect(view.texts('.bad')[0]).toContain('Not delivered (gone): the peer is not connected.');
    expect(view.texts('q')).toEqual(['nobody has that id']);
    expect(view.find('q').lang).toBe('en');
    expect(view.host.classList).toContain('refused');
  });

  it('lets one that waits be cancelled, and one that failed be tried again', async () => {
    const view = await setup(mine({ kind: 'queued' }));
    const asked: string[] = [];
    view.fixture.componentInstance.cancelled.subscribe(() => asked.push('cancel'));
    view.fixture.componentInstance.retried.subscribe(() => asked.push('retry'));
    expect(view.texts('button')).toEqual(['Cancel: hello']);
    await view.press('Cancel');
    await view.set({ line: mine({ kind: 'unconfirmed' }), canRetry: true });
    expect(view.texts('button')).toEqual(['Try again: hello']);
    await view.press('Try again');
    expect(asked).toEqual(['cancel', 'retry']);
  });

  it('is spoken of by its beginning, in which no character is cut', async () => {
    const text = '👩‍👩‍👧‍👦'.repeat(41);
    const view = await setup({ ...mine({ kind: 'queued' }), text });
    expect(view.texts('.meta > button')).toEqual([`Cancel: ${'👩‍👩‍👧‍👦'.repeat(40)}…`]);
  });

  it('offers to copy it, and its frames, when it is the current one', async () => {
    const view = await setup(THEIRS);
    expect(view.texts('app-message-actions')).toEqual([]);
    await view.set({ isCurrent: true });
    expect(view.host.querySelectorAll('app-message-actions button').length).toBe(2);
  });
});
