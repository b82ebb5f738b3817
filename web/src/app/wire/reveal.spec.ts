import { TestBed } from '@angular/core/testing';
import { Reveal } from './reveal.ts';

const PLACE = { seat: 'first', session: 's-ann', messageId: 'm1' };

describe('Reveal', () => {
  it('asks the conversation, or the wire, and not both', () => {
    const reveal = TestBed.inject(Reveal);
    reveal.showMessage(PLACE);
    expect([reveal.message(), reveal.frames()]).toEqual([PLACE, undefined]);
    reveal.showFrames({ ...PLACE, messageId: 'm2' });
    expect(reveal.frames()?.messageId).toBe('m2');
    expect(reveal.message()?.messageId).toBe('m1');
  });

  it('is heard again when the same is asked for twice', () => {
    const reveal = TestBed.inject(Reveal);
    reveal.showMessage(PLACE);
    const first = reveal.message();
    reveal.showMessage(PLACE);
    expect(reveal.message()).not.toBe(first);
  });

  it('asks no more once it is shown', () => {
    const reveal = TestBed.inject(Reveal);
    reveal.showMessage(PLACE);
    reveal.messageShown();
    expect(reveal.message()).toBeUndefined();
  });
});
