import { ACTION } from '#protocol';
import { hintFor } from './frame-hint.ts';

describe('the hint for a raw frame', () => {
  const hints: Readonly<Record<string, string>> = {
    Hello: 'no JSON object: API Gateway hands it to the route $default',
    '[1]': 'no JSON object',
    '{}': `action is not ${ACTION}`,
    '{"action":"other"}': `action is not ${ACTION}`,
    [`{"action":"${ACTION}","type":"ping"}`]: 'The function will refuse it: id is missing',
  };
  for (const [text, words] of Object.entries(hints)) {
    it(`tells what becomes of ${text}`, () => {
      const hint = hintFor(text, 'en');
      expect(hint?.text).toContain(words);
      expect(hint?.isFatal).toBeUndefined();
    });
  }

  it('is silent about a frame of the contract, and about nothing', () => {
    expect(hintFor(`{"action":"${ACTION}","type":"ping","id":"p"}`, 'en')).toBeUndefined();
    expect(hintFor('', 'en')).toBeUndefined();
  });

  it('warns of a frame over 32,768 bytes, which costs the connection [P6]', () => {
    expect(hintFor('é'.repeat(16_384), 'en')?.isFatal).toBeUndefined();
    const hint = hintFor(`${'é'.repeat(16_384)}.`, 'en');
    expect(hint?.isFatal).toBeTrue();
    expect(hint?.text).toContain('1009 when a frame has more than 32,768 bytes');
  });
});
