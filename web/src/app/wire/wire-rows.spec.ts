import type { WireEntry } from './wire-entry.ts';
import { type WireFilter, WireRows } from './wire-rows.ts';

const entry = (key: number, about: Partial<WireEntry> = {}): WireEntry => ({
  ...{ key, seat: '1', socket: 0, at: key, direction: 'in', kind: 'message', bytes: 1, text: `text ${key}` },
  ...about,
});
const many = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => entry(from + n));

function setup(filter?: WireFilter) {
  const clock = { now: 0, step: 0 };
  const rows = new WireRows(filter, () => (clock.now += clock.step));
  const keys = () => rows.rows.map(({ key }) => key);
  return { clock, keys, rows };
}

describe('WireRows', () => {
  it('takes over what came, each once', () => {
    const { keys, rows } = setup();
    const log = many(0, 3);
    expect(rows.advance(log, 1)).toEqual({ dropped: 0, done: true });
    log.push(...many(3, 5));
    rows.advance(log, 1);
    expect(keys()).toEqual([0, 1, 2, 3, 4]);
    expect(rows.next).toBe(5);
  });

  it('drops what the log has dropped, and says how much', () => {
    const { keys, rows } = setup();
    rows.advance(many(0, 5), 1);
    expect(rows.advance(many(3, 6), 1)).toEqual({ dropped: 3, done: true });
    expect(keys()).toEqual([3, 4, 5]);
    expect(rows.advance([], 1)).toEqual({ dropped: 3, done: true });
    expect(keys()).toEqual([]);
    rows.advance([entry(9)], 1);
    expect(keys()).toEqual([9]);
  });

  it('keeps its array, so that nothing is copied', () => {
    const { rows } = setup();
    const { rows: array } = rows;
    rows.advance(many(0, 5), 1);
    rows.advance(many(3, 9), 1);
    expect(rows.rows).toBe(array);
  });

  it('stops when the time is up, and goes on from there', () => {
    const { clock, keys, rows } = setup();
    const log = many(0, 1000);
    clock.step = 4;
    expect(rows.advance(log, 7)).toEqual({ dropped: 0, done: false });
    expect(keys().length).toBe(256);
    while (!rows.advance(log, 7).done);
    expect(keys()).toEqual(log.map(({ key }) => key));
  });

  it('does not go past the key that it is told', () => {
    const { keys, rows } = setup();
    rows.advance(many(0, 9), 1, 4);
    expect(keys()).toEqual([0, 1, 2, 3]);
    rows.advance(many(0, 9), 1);
    expect(keys().at(-1)).toBe(8);
  });

  const log = [
    entry(0, { seat: '1', peer: 'ann', kind: 'message', text: '{"data":"Hello (a.b)"}' }),
    entry(1, { seat: '2', peer: 'ann', kind: 'receipt', text: 'HELLO' }),
    entry(2, { seat: '2', peer: 'bob', kind: 'message', text: 'x' }),
    entry(3, { seat: '1', kind: 'open', text: 'ws://localhost' }),
  ];
  const filters: readonly (readonly [string, WireFilter, readonly number[]])[] = [
    ['everything', { text: '' }, [0, 1, 2, 3]],
    ['a seat', { text: '', seat: '2' }, [1, 2]],
    ['a peer', { text: '', peer: 'ann' }, [0, 1]],
    ['a kind', { text: '', kind: 'message' }, [0, 2]],
    ['a text in either case', { text: 'hello' }, [0, 1]],
    ['a text with signs that mean something elsewhere', { text: '(a.b)' }, [0]],
    ['all of it together', { text: 'H', seat: '1', peer: 'ann', kind: 'message' }, [0]],
  ];
  for (const [what, filter, expected] of filters) {
    it(`lets ${what} through`, () => {
      const { keys, rows } = setup(filter);
      rows.advance(log, 1);
      expect(keys()).toEqual([...expected]);
    });
  }
});
