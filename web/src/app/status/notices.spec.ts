import type { Notice } from '../connection/state.ts';
import { show } from '../../testing/view.ts';
import { Notices } from './notices.ts';

const notices: readonly Notice[] = [
  { key: 1, at: 0, from: 'gateway', text: 'Forbidden (request R=)' },
  { key: 2, at: 0, from: 'server', text: 'invalid: bad' },
  { key: 3, at: 0, from: 'here', text: 'the frame is not JSON' },
];

describe('Notices', () => {
  it('says of each trouble who has it', async () => {
    const view = await show(Notices, { notices });
    expect(view.texts('li p')).toEqual([
      'API Gateway says: Forbidden (request R=)',
      'The server refused a frame: invalid: bad',
      'A frame arrived that this page cannot read: the frame is not JSON',
    ]);
  });

  it('has one button for each, that says what it takes away', async () => {
    const view = await show(Notices, { notices });
    const names = [...view.host.querySelectorAll('button')].map((one) => one.getAttribute('aria-label'));
    expect(names).toEqual(view.texts('li p').map((said) => `Dismiss: ${said}`));
  });

  it('takes away the one that is dismissed', async () => {
    const view = await show(Notices, { notices });
    const dismissed: number[] = [];
    view.fixture.componentInstance.dismissed.subscribe((key) => dismissed.push(key));
    await view.click('li:nth-child(2) button');
    expect(dismissed).toEqual([2]);
  });

  it('hands the focus on to the next, or the one before', async () => {
    const view = await show(Notices, { notices });
    view.fixture.componentInstance.dismissed.subscribe((key) => {
      const left = view.fixture.componentInstance.notices().filter((notice) => notice.key !== key);
      view.fixture.componentRef.setInput('notices', left);
    });
    const focused = () => document.activeElement?.closest('li')?.querySelector('strong')?.textContent;
    await view.click('li:nth-child(2) button');
    expect(focused()).toBe('A frame arrived that this page cannot read:');
    await view.click('li:nth-child(2) button');
    expect(focused()).toBe('API Gateway says:');
  });

  it('leaves the page in sight, however many there are, and the newest with it', async () => {
    const view = await show(Notices, { notices: notices.slice(0, 1) });
    await view.set({
      notices: Array.from({ length: 20 }, (_, key): Notice => ({ key, at: 0, from: 'here', text: 'x' })),
    });
    const list = view.find('ul').getBoundingClientRect();
    expect(list.height).toBeLessThan(window.innerHeight / 2);
    const newest = view.find('li:last-child').getBoundingClientRect();
    expect(newest.bottom).toBeLessThanOrEqual(list.bottom + 1);
  });

  it('is a log, so that new trouble is read out', async () => {
    expect((await show(Notices, { notices })).find('[role=log]').getAttribute('aria-label')).toBe('Trouble');
  });
});
