import type { Line } from '../connection/conversation.ts';
import type { Partner } from '../connection/partners.ts';
import { peer } from '../../testing/frames.ts';
import { previewOf } from './preview.ts';

const after = (...lines: readonly Line[]): Partner => ({
  ...peer('B='),
  here: true,
  unread: 0,
  conversation: { peer: peer('B='), lines, unread: 0 },
});
const heard = (text: string): Line => ({ id: text, text, at: 0 });
const said = (text: string): Line => ({
  ...heard(text),
  sent: { stream: 's', seq: 0, status: { kind: 'queued' } },
});

describe('previewOf', () => {
  it('is the last that was said, and by whom', () => {
    expect(previewOf(after(heard('one'), said('two')))).toEqual({ text: 'two', ours: true });
    expect(previewOf(after(said('one'), heard('two')))).toEqual({ text: 'two', ours: false });
  });

  it('is one line, and no longer than one can see', () => {
    expect(previewOf(after(heard(' a\n\n b\tc')))?.text).toBe('a b c');
    expect(previewOf(after(heard('x'.repeat(30_000))))?.text.length).toBe(120);
  });

  it('is nothing when nothing was said', () => {
    expect(previewOf(after())).toBeUndefined();
    expect(previewOf({ ...peer('B='), here: true, unread: 0 })).toBeUndefined();
  });
});
