import { FakeStorage } from '../../testing/fake-storage.ts';
import { peer } from '../../testing/frames.ts';
import type { Line } from './conversation.ts';
import type { Transcript, Vital } from './memory.ts';
import { add, type Outbox } from './outbox.ts';
import { recollect } from './recollection.ts';
import { dueIn, transmitted } from './sender.ts';
import { TabMemory } from './tab-memory.ts';

const ANN = peer('B=', { name: 'Ann' });
const line = (n: number, text = `line ${n}`): Line => ({ id: `i${n}`, text, at: n });
const vital = (texts: readonly string[] = ['hello']): Vital => ({
  resume: { session: 'me', key: 'secret' },
  outbox: texts.reduce<Outbox>(
    (outbox, text, n) => add(outbox, ANN.session, { id: `m${n}`, text, at: n }),
    new Map(),
  ),
  streams: new Map([['ann/s1', { session: 'ann', next: 7, held: new Map(), shown: ['a5', 'a6'] }]]),
});
const transcript = (lines: readonly Line[]): Transcript => ({
  conversations: new Map([[ANN.session, { peer: ANN, lines, unread: 2 }]]),
  selected: ANN.session,
});
const kept = (storage: FakeStorage) => new TabMemory(storage, 'lobby', recollect).recall();

function setup(room?: number) {
  const storage = new FakeStorage(room);
  const memory = new TabMemory(storage, 'lobby', recollect);
  memory.own('me');
  return { memory, storage };
}

describe('TabMemory', () => {
  it('gives the next page all that the last one kept', () => {
    const { memory, storage } = setup();
    memory.keep(vital());
    memory.keepTranscript(transcript([line(1)]));
    expect(kept(storage)).toEqual({ ...vital(), ...transcript([line(1)]) });
  });

  it('gives it what was on its way, and over which connections', () => {
    const { memory, storage } = setup();
    const [due] = dueIn(vital().outbox, 1, () => ({ ours: 'A=', theirs: 'B=' }));
    if (!due) throw new Error('Nothing is due.');
    const { outbox } = transmitted(vital().outbox, due, 1, true);
    memory.keep({ ...vital(), outbox });
    expect(kept(storage)?.outbox).toEqual(outbox);
  });

  it('keeps nothing of a session that may be in another tab too', () => {
    const { storage } = setup();
    const memory = new TabMemory(storage, 'lobby', recollect);
    memory.keep(vital());
    memory.keepTranscript(transcript([line(1)]));
    expect(storage.items.size).toBe(0);
  });

  it('keeps rooms apart', () => {
    const { memory, storage } = setup();
    memory.keep(vital());
    expect(new TabMemory(storage, 'other', recollect).recall()).toBeUndefined();
  });

  it('keeps the newest messages of a long conversation', () => {
    const { memory, storage } = setup();
    memory.keep(vital());
    memory.keepTranscript(transcript(Array.from({ length: 500 }, (_, n) => line(n))));
    const lines = kept(storage)?.conversations.get(ANN.session)?.lines ?? [];
    expect([lines.length, lines.at(-1)?.text]).toEqual([100, 'line 499']);
    expect(kept(storage)?.conversations.get(ANN.session)?.dropped).toBe(400);
  });

  it('keeps less on screen when there is less room, and all that must not be lost', () => {
    const { memory, storage } = setup(20_000);
    memory.keep(vital());
    memory.keepTranscript(transcript(Array.from({ length: 50 }, (_, n) => line(n, 'x'.repeat(1000)))));
    const some = kept(storage)?.conversations.get(ANN.session)?.lines.length ?? 0;
    expect(some).toBeGreaterThan(5);
    expect(some).toBeLessThan(20);

    memory.keep(vital(['x'.repeat(15_000)]));
    expect(kept(storage)?.outbox).toEqual(vital(['x'.repeat(15_000)]).outbox);
    expect(kept(storage)?.conversations.size).toBe(0);
  });

  it('leaves nothing behind when what must not be lost does not fit: the next page is somebody else', () => {
    const { memory, storage } = setup(20_000);
    memory.keep(vital());
    memory.keep(vital(['x'.repeat(30_000)]));
    expect(storage.items.size).toBe(0);
    memory.keepTranscript(transcript([line(1)]));
    expect(storage.items.size).toBe(0);
    memory.keep(vital());
    expect(kept(storage)?.resume).toEqual(vital().resume);
  });

  for (const [what, spoil] of [
    ['no JSON', () => '{'],
    ['of another shape', () => '{"version":1,"resume":{"session":"me"},"outbox":[],"streams":[]}'],
    ['of another version', (text: string) => text.replace('"version":1', '"version":0')],
    ['an outbox of nonsense', (text: string) => text.replace('"seq":0', '"seq":"0"')],
  ] as const) {
    it(`begins anew when what is stored is ${what}`, () => {
      const { memory, storage } = setup();
      memory.keep(vital());
      for (const [key, text] of storage.items) storage.items.set(key, spoil(text));
      expect(kept(storage)).toBeUndefined();
    });
  }

  it('goes on without a transcript when that alone cannot be read', () => {
    const { memory, storage } = setup();
    memory.keep(vital());
    memory.keepTranscript(transcript([line(1)]));
    storage.items.set('hello-websocket/lobby/transcript', '{}');
    expect(kept(storage)).toEqual({ ...vital(), conversations: new Map() });
  });
});
