import { REFUSAL_CODES } from '#protocol';
import type { Status } from '../connection/outbox.ts';
import { statusInWords } from './status-words.ts';

const GONE = { code: 'gone', reason: 'nobody has that id' } as const;

describe('statusInWords', () => {
  const statuses: readonly [Status, string, boolean][] = [
    [{ kind: 'queued' }, 'Queued', false],
    [
      { kind: 'queued', refusal: GONE },
      'Not delivered (gone): the peer is not connected. It is sent again by itself for some minutes.',
      true,
    ],
    [{ kind: 'sent' }, 'Sent', false],
    [{ kind: 'delivered' }, 'Delivered', false],
    [{ kind: 'unconfirmed' }, 'Unconfirmed No receipt came: it may have been shown, or not.', true],
    [
      { kind: 'unconfirmed', refusal: GONE },
      'Unconfirmed (gone): the peer is not connected. No receipt came: it may have been shown, or not.',
      true,
    ],
    [{ kind: 'refused', ...GONE }, 'Not delivered (gone): the peer is not connected.', true],
    [{ kind: 'cancelled' }, 'Cancelled It was not sent.', false],
  ];
  for (const [status, words, isBad] of statuses) {
    it(`says "${words}"`, () => {
      const { text, detail = '', isBad: bad = false } = statusInWords(status);
      expect(`${text} ${detail}`.trim()).toBe(words);
      expect(bad).toBe(isBad);
    });
  }

  it('[P40] has words of its own for every code, and keeps those of the server', () => {
    const words = REFUSAL_CODES.map((code) => statusInWords({ kind: 'refused', code, reason: 'why' }));
    expect(new Set(words.map(({ text }) => text)).size).toBe(REFUSAL_CODES.length);
    expect(words.every(({ said }) => said === 'why')).toBeTrue();
  });

  it('[P28] says of a room for members that one is not among them, and keeps the words of the server', () => {
    const { said, text } = statusInWords({ kind: 'refused', code: 'not-invited', reason: 'why' });
    expect(text).toContain('the peer is in a room for members, and you are not');
    expect(said).toBe('why');
  });

  it('quotes nobody for what this page says of itself', () => {
    const { said, text } = statusInWords({ kind: 'refused', code: 'not-sent', reason: 'why' });
    expect(text).toContain('Not delivered (not-sent): there was no connection');
    expect(said).toBeUndefined();
  });
});
