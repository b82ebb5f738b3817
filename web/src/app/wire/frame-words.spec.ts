import { frameInWords } from './frame-words.ts';
import type { WireEntry } from './wire-entry.ts';

const entry = (about: Partial<WireEntry>): WireEntry => ({
  ...{ key: 9, seat: '1', socket: 0, at: 600_100, direction: 'in', kind: 'message', bytes: 1, text: '' },
  ...about,
});
const socket = { seat: '1', url: 'wss://example.com/dev', protocols: [], startedAt: 0 };
const words = (it: WireEntry, before: readonly WireEntry[] = []) =>
  frameInWords(it, { entries: [...before, it], socket, locale: 'en' });
const close = (about: Partial<WireEntry> = {}) =>
  entry({ direction: 'event', kind: 'close', code: 1001, ...about });

describe('a row of the wire in words', () => {
  it('says what API Gateway means by a close, and by what was seen before tells which limit it was', () => {
    const open = entry({ key: 1, at: 100, direction: 'event', kind: 'open' });
    const other = entry({ key: 2, at: 600_000, socket: 1 });
    expect(words(close(), [open, other])).toContain('idle for 10 minutes (code 1001)');
    const old = close({ at: 7_200_000, text: 'Going away' });
    expect(words(old, [open, entry({ key: 3, at: 7_199_000 })])).toContain(
      'open for 2 hours (code 1001, Going away)',
    );
    expect(words(close(), [])).toContain('idle for 10 minutes, or open for 2 hours');
  });

  it('says when it was the page that closed', () => {
    expect(words(close({ ours: true, code: 1005 }))).toBe('This page closed it (code 1005).');
  });

  it('says in what a frame breaks the contract, by the rules of its direction', () => {
    expect(words(entry({ kind: 'malformed', text: '{"type":"joined"}' }))).toContain('peer is missing');
    const out = entry({ kind: 'malformed', direction: 'out', text: '{"type":"joined"}' });
    expect(words(out)).toContain('type must be one of hello');
  });

  it('says what has no type, and what was not kept', () => {
    expect(words(entry({ kind: 'gateway' }))).toContain('API Gateway’s own');
    expect(words(entry({ kind: 'plain' }))).toContain('plain dialect');
    expect(words(entry({ kind: 'binary' }))).toContain('only the size');
  });

  it('leaves to themselves those that speak for themselves', () => {
    expect(words(entry({}))).toBeUndefined();
  });
});
