import { tokenOf } from '../../testing/fake-tokens.ts';
import { readToken } from './json-web-token.ts';

describe('readToken', () => {
  it('[P27] tells who has signed in, and until when', () => {
    expect(readToken(tokenOf({ sub: '蛸', exp: 1_800_000_000 }))).toEqual({
      subject: '蛸',
      endsAt: 1_800_000_000_000,
    });
  });

  it('reads one that does not say either', () => {
    expect(readToken(tokenOf({}))).toEqual({ subject: undefined, endsAt: Infinity });
    expect(readToken(tokenOf({ sub: 1, exp: 'soon' }))).toEqual({ subject: undefined, endsAt: Infinity });
  });

  for (const text of [
    '',
    'hello',
    'a.b',
    'a.b.c',
    '!.e30.x',
    `${tokenOf({})}=`,
    `${tokenOf({})} x`,
    'x.MQ.x',
  ]) {
    it(`takes "${text}" for none`, () => {
      expect(readToken(text)).toBeUndefined();
    });
  }
});
