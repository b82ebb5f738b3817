import { languageFor, speak } from './language.ts';

describe('the language of the page', () => {
  it('is the first that the browser prefers and the page knows', () => {
    expect(languageFor(null, ['ja-JP', 'en'])).toBe('ja');
    expect(languageFor(null, ['fr', 'en-GB', 'ja'])).toBe('en');
  });

  it('is what somebody has chosen, whatever the browser prefers', () => {
    expect(languageFor('ja', ['en'])).toBe('ja');
  });

  it('is English when the browser prefers none that the page knows', () => {
    expect(languageFor('klingon', ['fr', ''])).toBe('en');
    expect(languageFor(null, [])).toBe('en');
  });

  it('is told to those who read the page aloud', async () => {
    const root = document.createElement('html');
    await speak('en', root);
    expect(root.lang).toBe('en');
  });
});
