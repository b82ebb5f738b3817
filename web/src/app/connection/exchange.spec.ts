import fc from 'fast-check';
import type { Message } from '#protocol';
import { add, type Outbox, type Pair, type Refusal, type Status, type Step } from './outbox.ts';
import { type Inbox, NOTHING_HEARD, receipted as told, receive } from './receiver.ts';
import {
  cancelled,
  canRetry,
  dueIn,
  expired,
  GIVE_UP_MS,
  receipted,
  refused,
  restarted,
  transmitted,
} from './sender.ts';

type Frame =
  | { readonly to: 'bob'; readonly message: Message; readonly posted?: true }
  | { readonly to: 'ann'; readonly ids: readonly string[]; readonly session: string };

/** What can happen to two who talk; numbers choose among what is there. */
type Deed =
  | { readonly do: 'write' | 'send' | 'tell' | 'annReconnects' | 'bobReconnects' }
  | { readonly do: 'annReloads' | 'bobReloads' | 'bobCrashes' | 'annForgets' }
  | { readonly do: 'arrive' | 'arriveTwice' | 'lose' | 'cancel' | 'retry'; readonly which: number }
  | { readonly do: 'refuse'; readonly which: number; readonly code: Refusal['code'] }
  | { readonly do: 'wait'; readonly ms: number };

const which = fc.nat({ max: 1000 });
const some = (
  ...deeds: readonly Exclude<Deed, { readonly which: number } | { readonly ms: number }>['do'][]
) => deeds.map((deed) => fc.constant<Deed>({ do: deed }));
const deed: fc.Arbitrary<Deed> = fc.oneof(
  ...some('write', 'write', 'send', 'send', 'tell', 'annReconnects', 'bobReconnects'),
  ...some('annReloads', 'bobReloads', 'bobCrashes', 'annForgets'),
  fc.record({ do: fc.constantFrom('arrive', 'arrive', 'arriveTwice', 'lose', 'cancel', 'retry'), which }),
  fc.record({
    do: fc.constant('refuse'),
    which,
    code: fc.constantFrom<Refusal['code']>('gone', 'throttled', 'timeout', 'failed', 'too-large'),
  }),
  fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(1000, 6000, 60_000, GIVE_UP_MS) }),
);

const BOB = 'bob';

/** Ann writes, Bob reads, and a network between them does what networks do. */
class Exchange {
  readonly written: string[] = [];
  /** What was tried again has another place than where it was written, or both. */
  readonly retried = new Set<string>();
  readonly statuses = new Map<string, Status>();
  shown: string[] = [];
  /** As whom Ann had said what is shown: to Bob, each of her sessions is another conversation. */
  readonly speakers = new Map<string, string>();
  #stored: { readonly inbox: Inbox; readonly shown: readonly string[] } = { inbox: NOTHING_HEARD, shown: [] };
  #outbox: Outbox = new Map();
  #inbox = NOTHING_HEARD;
  #network: Frame[] = [];
  #now = 0;
  #ann = { session: 'ann', connection: 0 };
  #bobs = 0;
  readonly #places = new Map<string, { readonly stream: string; readonly seq: number }>();

  do(deed: Deed): void {
    switch (deed.do) {
      case 'write':
        this.#write();
        break;
      case 'send':
        this.#send();
        break;
      case 'tell':
        this.#tell();
        break;
      case 'annReconnects':
        this.#ann.connection++;
        break;
      case 'bobReconnects':
        this.#bobs++;
        break;
      case 'annReloads':
        // The outbox is stored before anything is sent.
        this.#ann.connection++;
        break;
      case 'bobReloads':
        this.#store();
        this.#bobs++;
        break;
      case 'bobCrashes':
        this.#inbox = this.#stored.inbox;
        this.shown = [...this.#stored.shown];
        this.#bobs++;
        break;
      case 'annForgets':
        this.#ann = { session: `${this.#ann.session}'`, connection: 0 };
        this.#step(restarted(this.#outbox, this.#ann.session));
        break;
      case 'arrive':
        this.#take(deed.which, (frame) => this.#arrive(frame));
        break;
      case 'arriveTwice':
        this.#take(deed.which, (frame) => {
          this.#network.push(frame.to === 'bob' ? { ...frame, posted: true } : frame);
          this.#arrive(frame);
        });
        break;
      case 'lose':
        this.#take(deed.which, () => undefined);
        break;
      case 'refuse':
        this.#take(deed.which, (frame) => this.#refuse(frame, deed.code));
        break;
      case 'cancel':
        this.#step(cancelled(this.#outbox, BOB, this.#any(deed.which)));
        break;
      case 'retry':
        this.#retry(deed.which);
        break;
      case 'wait':
        this.#now += deed.ms;
        this.#step(expired(this.#outbox, this.#now));
    }
  }

  /** The network heals, and both stay where they are. */
  settle(): void {
    for (let round = 0; round < 40; round++) {
      this.#now += 61_000;
      this.do({ do: 'send' });
      while (this.#network.length > 0) this.do({ do: 'arrive', which: 0 });
      this.do({ do: 'tell' });
      while (this.#network.length > 0) this.do({ do: 'arrive', which: 0 });
    }
  }

  #any(which: number): string {
    return this.written[which % this.written.length] ?? 'nothing was written';
  }

  #write(): void {
    const id = `m${this.written.length}`;
    this.written.push(id);
    this.#add(id, false);
    const { stream = '', next = 1 } = this.#outbox.get(BOB) ?? {};
    this.#places.set(id, { stream, seq: next - 1 });
  }

  #add(id: string, doubtful: boolean): void {
    this.statuses.set(id, { kind: 'queued' });
    const draft = { id, text: id, at: this.#now, doubtful };
    this.#outbox = add(this.#outbox, BOB, draft);
  }

  #retry(which: number): void {
    const id = this.#any(which);
    const [status, place] = [this.statuses.get(id), this.#places.get(id)];
    if (!status || !place || !canRetry(this.#outbox, BOB, { status, ...place })) return;
    this.retried.add(id);
    this.#add(id, status.kind === 'unconfirmed');
    const { stream = '', next = 1 } = this.#outbox.get(BOB) ?? {};
    if (stream !== place.stream) this.#places.set(id, { stream, seq: next - 1 });
  }

  #send(): void {
    for (const due of dueIn(this.#outbox, this.#now, () => this.#pair())) {
      const { id, stream, seq, base, data } = due;
      const from = due.pair.ours;
      const { session } = this.#ann;
      const message: Message = { type: 'message', from, session, id, stream, seq, base, data, sentAt: 0 };
      this.#network.push({ to: 'bob', message });
      this.#step(transmitted(this.#outbox, due, this.#now, true));
    }
  }

  #pair(): Pair {
    return { ours: `A${this.#ann.connection}`, theirs: `B${this.#bobs}` };
  }

  #store(): void {
    this.#stored = { inbox: { ...this.#inbox, receipts: new Map() }, shown: [...this.shown] };
  }

  #tell(): void {
    this.#store();
    for (const [session, { ids }] of this.#inbox.receipts) {
      this.#network.push({ to: 'ann', session, ids: [...ids] });
      this.#inbox = told(this.#inbox, session, [...ids]);
    }
  }

  #take(which: number, then: (frame: Frame) => void): void {
    const [frame] = this.#network.splice(which % Math.max(1, this.#network.length), 1);
    if (frame) then(frame);
  }

  #arrive(frame: Frame): void {
    if (frame.to === 'ann') {
      if (frame.session === this.#ann.session) this.#step(receipted(this.#outbox, BOB, frame.ids));
      return;
    }
    const { inbox, released } = receive(this.#inbox, frame.message);
    this.#inbox = inbox;
    for (const { id, session } of released) {
      this.shown.push(id);
      this.speakers.set(id, session);
    }
  }

  /** The frame did not arrive, and the server says so; not of one that it has posted. */
  #refuse(frame: Frame, code: Refusal['code']): void {
    if (frame.to === 'bob' && !frame.posted)
      this.#step(refused(this.#outbox, frame.message.id, { code, reason: 'no' }));
  }

  #step({ outbox, changes }: Step): void {
    this.#outbox = outbox;
    for (const { id, status } of changes) this.statuses.set(id, status);
  }
}

const played = (deeds: readonly Deed[]): Exchange => {
  const exchange = new Exchange();
  for (const one of deeds) exchange.do(one);
  exchange.settle();
  return exchange;
};
/** Throws with what is wrong, so that fast-check finds the shortest way there. */
const mustBe = (isSo: boolean, what: string, exchange: Exchange): void => {
  if (isSo) return;
  const { shown, statuses, written } = exchange;
  const ends = [...statuses].map(([id, { kind }]) => `${id}: ${kind}`);
  throw new Error(`${what}: written ${written.join()}; shown ${shown.join()}; ${ends.join()}`);
};
const deeds = (one = deed) => fc.array(one, { maxLength: 120, size: 'max' });
const always = (holds: (exchange: Exchange) => void) =>
  expect(() =>
    fc.assert(
      fc.property(deeds(), (all) => holds(played(all))),
      { numRuns: 2000 },
    ),
  ).not.toThrow();

describe('sender and receiver, over frames lost, late, reordered and duplicated, and reloads of either', () => {
  it('show every message at most once', () => {
    always((exchange) => mustBe(exchange.shown.length === new Set(exchange.shown).size, 'once', exchange));
  });

  it('show what is shown in the order it was written', () => {
    always((exchange) => {
      for (const speaker of new Set(exchange.speakers.values())) {
        const { retried, shown, speakers, written } = exchange;
        const said = shown.filter((id) => speakers.get(id) === speaker && !retried.has(id));
        const places = said.map((id) => written.indexOf(id));
        const inOrder = places.every((place, n) => n === 0 || place > (places[n - 1] ?? -1));
        mustBe(inOrder, 'in order', exchange);
      }
    });
  });

  it('end every message as delivered, unconfirmed, refused or cancelled', () => {
    always((exchange) =>
      mustBe(
        [...exchange.statuses.values()].every(({ kind }) => kind !== 'queued' && kind !== 'sent'),
        'ended',
        exchange,
      ),
    );
  });

  it('show what is delivered, and nothing that is said to be refused or cancelled', () => {
    always((exchange) => {
      for (const [id, { kind }] of exchange.statuses) {
        if (kind === 'delivered') mustBe(exchange.shown.includes(id), 'delivered is shown', exchange);
        if (kind === 'refused' || kind === 'cancelled')
          mustBe(!exchange.shown.includes(id), `${kind} is not shown`, exchange);
      }
    });
  });

  it('deliver everything when nobody forgets, gives up or waits beyond the window', () => {
    const patient = deed.filter(
      (one) =>
        !['annForgets', 'cancel', 'refuse'].includes(one.do) && !(one.do === 'wait' && one.ms === GIVE_UP_MS),
    );
    const waited = (all: readonly Deed[]) =>
      all.reduce((sum, one) => sum + (one.do === 'wait' ? one.ms : 0), 0);
    expect(() =>
      fc.assert(
        fc.property(
          deeds(patient).filter((all) => waited(all) < GIVE_UP_MS / 2),
          (all) => {
            const exchange = played(all);
            const { shown, statuses, written } = exchange;
            mustBe(shown.join() === written.join(), 'all is shown', exchange);
            mustBe(
              [...statuses.values()].every(({ kind }) => kind === 'delivered'),
              'all is delivered',
              exchange,
            );
          },
        ),
        { numRuns: 1000 },
      ),
    ).not.toThrow();
  });
});
