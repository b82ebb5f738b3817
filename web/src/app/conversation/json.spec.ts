import { formattedJson } from './json.ts';

describe('a text that is JSON', () => {
  for (const value of [
    { action: 'sendMessageRoute', data: 'Hello "wscat1", {you}: [a]\\', to: ['a', 1, null, true, -1.5e3] },
    [],
    {},
    [[], {}, [{}], { a: [] }],
    [1],
  ])
    it(`is set in, as JSON.stringify would: ${JSON.stringify(value)}`, () => {
      const formatted = JSON.stringify(value, undefined, 2);
      expect(formattedJson(JSON.stringify(value))).toBe(formatted);
      expect(formattedJson(` ${formatted}\n`)).toBe(formatted);
    });

  it('keeps what JavaScript would lose: digits, doubled keys, their order', () => {
    expect(formattedJson('{"b":12345678901234567890,"1":1.0,"b":"\\u0041"}')).toBe(
      '{\n  "b": 12345678901234567890,\n  "1": 1.0,\n  "b": "\\u0041"\n}',
    );
  });

  for (const text of [
    '',
    '1',
    '"a"',
    'null',
    '{',
    '{a:1}',
    "['a']",
    '[1] and more',
    'see [1]',
    '{}{}',
    '[,]',
  ])
    it(`is not ${text}`, () => expect(formattedJson(text)).toBeUndefined());

  it('is left alone when it is too deep to be read', () => {
    expect(formattedJson('['.repeat(32) + ']'.repeat(32))).toBeDefined();
    expect(formattedJson('['.repeat(16_000) + ']'.repeat(16_000))).toBeUndefined();
  });
});
