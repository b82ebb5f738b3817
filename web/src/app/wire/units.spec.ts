import { TestBed } from '@angular/core/testing';
import { LOCALE } from '../language/locale.ts';
import { Duration, Grouped, WireTime } from './units.ts';

describe('the units of the wire', () => {
  it('show the time of day to the millisecond, always as wide', () => {
    const at = new Date(2026, 0, 2, 3, 4, 5, 6).getTime() + 0.7;
    expect(new WireTime().transform(at)).toBe('03:04:05.006');
  });

  const durations: readonly (readonly [number | undefined, string])[] = [
    [undefined, ''],
    [0, '0.00 ms'],
    [0.994, '0.99 ms'],
    [0.999, '1.0 ms'],
    [9.94, '9.9 ms'],
    [9.97, '10 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [9960, '10 s'],
    [59_940, '60 s'],
    [59_960, '1 min 0 s'],
    [425_000, '7 min 5 s'],
  ];
  for (const [ms, text] of durations) {
    it(`show ${ms ?? 'no'} milliseconds as "${text}"`, () => {
      expect(new Duration().transform(ms)).toBe(text);
    });
  }

  it('show counts as the language of the page does', () => {
    TestBed.configureTestingModule({ providers: [{ provide: LOCALE, useValue: 'de' }] });
    expect(TestBed.runInInjectionContext(() => new Grouped()).transform(32_768)).toBe('32.768');
  });
});
