import type { Status } from '../connection/outbox.ts';
import { statusInWords } from './status-words.ts';

const GONE = { code: 'gone', reason: 'nobody has that id' } as const;

describe('statusInWords', () => {
  const statuses: readonly [Status, string, boolean][] = [
    [{ kind: 'queued' }, 'Queued', false],
    [{ kind: 'queued', refusal: GONE }, 'Not delivered (gone): nobody has that id. It is sent again', true],
    [{ kind: 'sent' }, 'Sent', false],
    [{ kind: 'delivered' }, 'Delivered', false],
    [{ kind: 'unconfirmed' }, 'Unconfirmed. No receipt came: it may have been shown', true],
    [{ kind: 'unconfirmed', refusal: GONE }, 'Unconfirmed (gone: nobody has that id).', true],
    [{ kind: 'refused', ...GONE }, 'Not delivered (gone): nobody has that id.', true],
    [{ kind: 'cancelled' }, 'Cancelled It was not sent.', false],
  ];
  for (const [status, words, isBad] of statuses) {
    it(`says "${words}"`, () => {
      const { text, detail = '', isBad: bad = false } = statusInWords(status);
      expect(`${text} ${detail}`.trim()).toContain(words);
      expect(bad).toBe(isBad);
    });
  }
});
