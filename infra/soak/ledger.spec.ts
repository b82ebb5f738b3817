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
    ...{ unconfirmed: 0, refused: 0, silent: 0, untrue: 0 },
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

  it('lets what was tried again come later than what was written after it', () => {
    const figures = after((ledger) => ledger.retry('one'), twoIsFine, oneIsFine);
    expect(figures).toEqual(FINE);
  });
});
