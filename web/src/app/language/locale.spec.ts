import { localeFor } from './locale.ts';

describe('the locale of the page', () => {
  it('is the place of its language that the browser prefers', () => {
    expect(localeFor('en', ['ja-JP', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(localeFor('ja', ['en-US', 'ja-JP'])).toBe('ja-JP');
  });

  it('is the language alone when the browser prefers others', () => {
    expect(localeFor('ja', ['en-US', 'fr'])).toBe('ja');
    expect(localeFor('en', [])).toBe('en');
  });

  it('is what the browser prefers before the page has a language', () => {
    expect(localeFor('', ['de-CH', 'en'])).toBe('de-CH');
  });

  it('is none that the browser has from its system and that is no language tag', () => {
    expect(localeFor('en', ['en-US@posix', 'en-GB'])).toBe('en-GB');
    expect(localeFor('en', ['en-US@posix'])).toBe('en');
    expect(localeFor('', ['en-US@posix'])).toBe('en');
  });
});
