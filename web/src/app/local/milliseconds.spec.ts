import { millisecondsIn } from './milliseconds.ts';

describe('millisecondsIn', () => {
  for (const [ms, text] of [
    [0, '0 ms'],
    [0.423, '0.42 ms'],
    [0.996, '1 ms'],
    [4.24, '4.2 ms'],
    [9.96, '10 ms'],
    [420.4, '420 ms'],
    [999.6, '1 sec'],
    [4210, '4.2 sec'],
  ] as const) {
    it(`writes ${ms} as ${text}`, () => expect(millisecondsIn('en')(ms)).toBe(text));
  }

  it('writes as the language does', () => expect(millisecondsIn('de')(4.24)).toBe('4,2 ms'));
});
