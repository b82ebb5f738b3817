import { type Figures, Ledger } from './ledger.ts';
import { keeps } from './play.ts';

describe('The account of a soak', () => {
  /** Two messages from Ann's session `a` to Ben's session `b`, and what became of them. */
  function after(...happened: readonly ((ledger: Ledger) => void)[]): Figures {
    const ledger = new Ledger();
    ledger.own('a', 'Ann');
    ledger.own('b', 'Ben');
    for (const text of ['one', 'two']) ledger.write(text, 'b');
    for (const one of happened) one(ledger);
    return ledger.figures();
  }
  const show =
    (text: string, tab = 'Ben') =>
    (ledger: Ledger) =>
      ledger.show(text, tab, 'a');
  const tell =
    (text: string, status: Parameters<Ledger['tell']>[1] = 'delivered') =>
    (ledger: Ledger) =>
      ledger.tell(text, status);
  const oneIsFine = (ledger: Ledger) => [show('one'), tell('one')].forEach((it) => it(ledger));
  const twoIsFine = (ledger: Ledger) => [show('two'), tell('two')].forEach((it) => it(ledger));
  const FINE: Figures = {
    ...{ written: 2, shown: 2, missing: 0, twice: 0, outOfOrder: 0 },
    ...{ unconfirmed: 0, refused: 0, withdrawn: 0, silent: 0, untrue: 0 },
  };

  it('is fine when everything was shown once, in order, and confirmed', () => {
    const figures = after(oneIsFine, twoIsFine);
    expect(figures).toEqual(FINE);
    expect(keeps('everything', figures)).toBeTrue();
  });

  for (const [what, happened, expected] of [
    ['shown twice', [oneIsFine, twoIsFine, show('two')], { twice: 1 }],
    ['shown out of order', [twoIsFine, oneIsFine], { outOfOrder: 1 }],
    ['never shown nor settled', [oneIsFine, tell('two', 'sent')], { shown: 1, missing: 1, silent: 1 }],
    ['delivered, and not shown', [oneIsFine, tell('two')], { shown: 1, missing: 1, untrue: 1 }],
    ['refused, and shown', [oneIsFine, show('two'), tell('two', 'refused')], { refused: 1, untrue: 1 }],
    ['shown, and its sender waits', [oneIsFine, show('two'), tell('two', 'queued')], { silent: 1 }],
    ['shown to somebody else', [oneIsFine, show('two', 'Ann'), tell('two')], { untrue: 1 }],
  ] as const) {
    it(`sees a message that was ${what}`, () => {
      const figures = after(...happened);
      expect(figures).toEqual({ ...FINE, ...expected });
      expect(keeps('everything', figures)).toBeFalse();
      expect(keeps('word', figures)).toBeFalse();
    });
  }

  for (const status of ['unconfirmed', 'refused'] as const) {
    it(`allows what is said to be ${status} beyond the window, and not inside it`, () => {
      const figures = after(oneIsFine, tell('two', status));
      expect(keeps('word', figures)).toBeTrue();
      expect(keeps('everything', figures)).toBeFalse();
    });
  }

  const cancel = (text: string) => (ledger: Ledger) => ledger.cancel(text);
  const crash =
    (...texts: readonly string[]) =>
    (ledger: Ledger) =>
      ledger.unshow(new Set(texts));

  it('does not miss what its writer took back, and sees it shown all the same when that is said to be certain', () => {
    const gone = after(oneIsFine, cancel('two'), tell('two', 'cancelled'));
    expect(gone).toEqual({ ...FINE, shown: 1, withdrawn: 1 });
    expect(keeps('everything', gone)).toBeTrue();
    const shown = after(oneIsFine, cancel('two'), show('two'), tell('two', 'cancelled'));
    expect(shown).toEqual({ ...FINE, withdrawn: 1, untrue: 1 });
    const tooLate = after(oneIsFine, cancel('two'), show('two'), tell('two', 'unconfirmed'));
    expect(tooLate).toEqual({ ...FINE, withdrawn: 1 });
    expect(keeps('everything', tooLate)).toBeTrue();
  });

  it('does not miss less because a message was taken back when it had been confirmed', () => {
    expect(after(oneIsFine, cancel('two'), tell('two'))).toEqual({
      ...FINE,
      ...{ shown: 1, missing: 1, untrue: 1 },
    });
  });

  it('wants shown again what only a page had that crashed, in order, and nothing else', () => {
    expect(after(oneIsFine, twoIsFine, crash('two'))).toEqual({ ...FINE, shown: 1, missing: 1, untrue: 1 });
    expect(after(oneIsFine, twoIsFine, crash('one', 'two'), show('one'), show('two'))).toEqual(FINE);
    expect(after(oneIsFine, twoIsFine, crash('one', 'two'), show('two'), show('one'))).toEqual({
      ...FINE,
      outOfOrder: 1,
    });
    expect(after(oneIsFine, twoIsFine, crash('two'), show('two'), show('one'))).toEqual({
      ...FINE,
      twice: 1,
    });
  });

  it('lets what was tried again come later than what was written after it', () => {
    const figures = after((ledger) => ledger.retry('one'), twoIsFine, oneIsFine);
    expect(figures).toEqual(FINE);
  });
});
