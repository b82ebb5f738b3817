import type { Line } from '../connection/conversation.ts';
import { timeline } from './timeline.ts';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const theirs = (id: string, when = at(1, 12)): Line => ({ id, text: id, at: when });
const ours = (id: string, when?: number): Line => ({
  ...theirs(id, when),
  sent: { stream: 's', seq: 0, status: { kind: 'sent' } },
});

describe('timeline', () => {
  it('begins a day before its first message, and only there', () => {
    const lines = [theirs('a', at(1, 0)), theirs('b', at(1, 23)), ours('c', at(2, 0)), theirs('d', at(4, 1))];
    const days = timeline(lines, undefined).map(({ day }) => day && new Date(day).getDate());
    expect(days).toEqual([1, undefined, 2, 4]);
  });

  it('does not go back a day when the clocks of two sides differ', () => {
    const lines = [ours('a', at(2, 0)), theirs('b', at(1, 23)), ours('c', at(2, 0))];
    expect(timeline(lines, undefined).map(({ day }) => day !== undefined)).toEqual([true, false, false]);
  });

  it('marks the first message that is new, which is never ours', () => {
    const marks = (lines: readonly Line[], newFrom?: string) =>
      timeline(lines, newFrom).map(({ isFirstNew }) => isFirstNew);
    expect(marks([theirs('a'), theirs('b'), ours('b'), theirs('c')], 'b')).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(marks([theirs('a'), theirs('b')])).toEqual([false, false]);
    expect(marks([ours('a')], 'a')).toEqual([false]);
  });

  it('gives every message a key of its own, which stays when older ones go', () => {
    const lines = [theirs('a'), ours('a'), theirs('b'), theirs('b'), theirs('c')];
    const keys = timeline(lines, undefined).map(({ key }) => key);
    expect(new Set(keys).size).toBe(lines.length);
    expect(timeline(lines.slice(2), undefined).map(({ key }) => key)).toEqual(keys.slice(2));
  });
});
