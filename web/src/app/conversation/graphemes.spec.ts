import { firstCharacters, isEmojiOnly, shortened } from './graphemes.ts';

const FAMILY = '👩‍👩‍👧‍👦';
const RAINBOW = '🏳️‍🌈';

describe('characters', () => {
  it('are never cut in two', () => {
    expect(firstCharacters(`a${FAMILY}${RAINBOW}b`, 2)).toBe(`a${FAMILY}`);
    expect(firstCharacters('e\u0301te\u0301', 1)).toBe('e\u0301');
    expect(firstCharacters('が'.normalize('NFD').repeat(3), 2)).toBe('が'.normalize('NFD').repeat(2));
    expect(firstCharacters('🇯🇵🇫🇷', 1)).toBe('🇯🇵');
  });

  it('are all there when there are few enough', () => {
    for (const text of ['', 'abc', FAMILY.repeat(3)]) expect(firstCharacters(text, 3)).toBe(text);
  });

  it('that are left out are told of', () => {
    expect(shortened('abcd', 3)).toBe('abc…');
    expect(shortened('abc', 3)).toBe('abc');
  });
});

describe('a text of emoji', () => {
  for (const text of ['👍', ` ${FAMILY} `, `${RAINBOW}🇯🇵❤️`, '👍🏽👍🏽👍🏽', '1️⃣', '☝🏽', '🎉 🎉\n🎉'])
    it(`is ${text.trim()}`, () => expect(isEmojiOnly(text)).toBeTrue());

  for (const text of ['', ' ', '1', '#', '©', 'ok 👍', '👍'.repeat(7), '👍'.repeat(200), '蛸'])
    it(`is not "${text.slice(0, 20)}"`, () => expect(isEmojiOnly(text)).toBeFalse());
});
