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

  it('takes away the one that is dismissed', async () => {
    const view = await show(Notices, { notices });
    const dismissed: number[] = [];
    view.fixture.componentInstance.dismissed.subscribe((key) => dismissed.push(key));
    await view.click('li:nth-child(2) button');
    expect(dismissed).toEqual([2]);
  });

  it('is a log, so that new trouble is read out', async () => {
    expect((await show(Notices, { notices })).find('[role=log]').getAttribute('aria-label')).toBe('Trouble');
  });
});
