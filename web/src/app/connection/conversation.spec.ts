import { peer } from '../../testing/frames.ts';
import {
  acquainted,
  attended,
  type Conversations,
  type Line,
  lookedAt,
  marked,
  MOST_LINES,
  opened,
  read,
  received,
  receiptedLate,
  refusedLate,
  retried,
  written,
} from './conversation.ts';
import type { Status } from './outbox.ts';

const B = peer('B=');
const C = peer('C=');
const NONE: Conversations = new Map();
const line = (text: string) => ({ id: `in-${text}`, text, at: 1 });
const mine = (id: string, status: Status = { kind: 'sent' }): Line => ({
  ...{ id, text: id, at: 1 },
  sent: { stream: 's', seq: 0, status },
});
const of = (all: Conversations, { session }: typeof B) => all.get(session);
const texts = (all: Conversations, who: typeof B) => of(all, who)?.lines.map(({ text }) => text);
const statuses = (all: Conversations, who = B) => of(all, who)?.lines.map(({ sent }) => sent?.status.kind);
const GONE = { kind: 'refused', code: 'gone', reason: 'away' } as const;

describe('conversation', () => {
  it('keeps the newest messages of a long conversation, and those of which it is still to be told what became', () => {
    const open = mine('open');
    let all = written(written(NONE, B, mine('done', { kind: 'delivered' })), B, open);
    for (let n = 0; n < MOST_LINES; n++) all = received(all, B, line(`${n}`));
    expect(of(all, B)?.lines.length).toBe(MOST_LINES);
    expect(texts(all, B)?.slice(0, 2)).toEqual(['open', '1']);
    expect(texts(all, B)?.at(-1)).toBe(`${MOST_LINES - 1}`);
    expect(of(all, B)?.dropped).toBe(2);
  });

  it('lets go of the oldest to a terminal, which sends no receipts', () => {
    const terminal = peer('T=', { dialect: 'plain' });
    let all = NONE;
    for (let n = 0; n <= MOST_LINES; n++) all = written(all, terminal, mine(`${n}`));
    expect(texts(all, terminal)?.at(0)).toBe('1');
  });

  it('notes since when somebody is away, once, and forgets it when they are back', () => {
    const away = attended(opened(NONE, B), new Set(), 5);
    expect(of(away, B)?.awaySince).toBe(5);
    expect(attended(away, new Set(), 9)).toBe(away);
    const back = attended(away, new Set([B.session]), 11);
    expect(of(back, B)?.awaySince).toBeUndefined();
    expect(attended(back, new Set([B.session]), 12)).toBe(back);
  });

  it('appends every message of a burst, in the order they came', () => {
    const all = ['one', 'two', 'three'].reduce((now, text) => received(now, B, line(text)), NONE);
    expect(texts(all, B)).toEqual(['one', 'two', 'three']);
    expect(of(all, B)?.unread).toBe(3);
  });

  it('keeps conversations apart by session, not by connection', () => {
    const again = { ...B, connectionId: 'B2=' };
    const all = received(received(received(NONE, B, line('one')), C, line('other')), again, line('two'));
    expect(texts(all, B)).toEqual(['one', 'two']);
    expect(texts(all, C)).toEqual(['other']);
    expect(of(all, B)?.peer.connectionId).toBe('B2=');
  });

  it('has read what was read, and only that', () => {
    const all = received(received(NONE, B, line('one')), C, line('other'));
    expect(of(read(all, B.session), B)?.unread).toBe(0);
    expect(of(read(all, B.session), C)?.unread).toBe(1);
  });

  it('remembers from where the messages were new to somebody who begins to look, until the next time', () => {
    const unread = received(written(received(NONE, B, line('one')), B, mine('m1')), B, line('two'));
    const newFrom = of(lookedAt(unread, B.session), B)?.newFrom;
    expect(newFrom).toBe(line('one').id);
    const more = received(lookedAt(unread, B.session), B, line('three'));
    expect(of(read(more, B.session), B)?.newFrom).toBe(newFrom);
    expect(of(lookedAt(more, B.session), B)?.newFrom).toBe(line('three').id);
    expect(of(lookedAt(read(more, B.session), B.session), B)?.newFrom).toBeUndefined();
    expect(lookedAt(unread, 'nobody')).toBe(unread);
  });

  it('can be opened before anything was said', () => {
    expect(of(opened(NONE, B), B)).toEqual({ peer: B, lines: [], unread: 0 });
  });

  it('remembers how a peer calls itself, once there is a conversation to remember it for', () => {
    const all = acquainted(received(NONE, B, line('one')), [{ ...B, name: 'Ann' }, C]);
    expect(of(all, B)?.peer.name).toBe('Ann');
    expect(of(all, C)).toBeUndefined();
  });

  it('marks the message of ours that got further, and no other', () => {
    const all = written(written(received(NONE, B, line('m1')), B, mine('m1')), B, mine('m2'));
    const delivered = { session: B.session, id: 'm1', status: { kind: 'delivered' } } as const;
    expect(statuses(marked(all, [delivered]))).toEqual([undefined, 'delivered', 'sent']);
    expect(marked(all, [{ ...delivered, session: 'nobody' }])).toBe(all);
  });

  it('tries a message again in the place where its receiver will show it', () => {
    const all = written(written(NONE, B, mine('m1', { kind: 'unconfirmed' })), B, mine('m2'));
    const again = retried(all, B.session, { id: 'm1', at: 9, stream: 's2', seq: 4 });
    expect(texts(again, B)).toEqual(['m2', 'm1']);
    expect(statuses(again)).toEqual(['sent', 'queued']);
    expect(of(again, B)?.lines[1]).toEqual(
      jasmine.objectContaining({ at: 9, sent: jasmine.objectContaining({ stream: 's2', seq: 4 }) }),
    );
  });

  it('knows by a late receipt that what it had given up was shown, and believes no other', () => {
    const all = [mine('m1', { kind: 'unconfirmed' }), mine('m2', GONE)].reduce(
      (now, one) => written(now, B, one),
      NONE,
    );
    expect(statuses(receiptedLate(all, B.session, ['m1', 'm2', 'm3']))).toEqual(['delivered', 'refused']);
    expect(receiptedLate(all, C.session, ['m1'])).toBe(all);
  });

  it('marks what was refused after it seemed to be on its way', () => {
    const all = written(written(NONE, B, mine('m1')), B, mine('m2', { kind: 'delivered' }));
    expect(statuses(refusedLate(all, 'm1', GONE) ?? NONE)).toEqual(['refused', 'delivered']);
    expect(refusedLate(all, 'm2', GONE)).toBe(all);
  });

  it('knows when a refusal names no message of ours', () => {
    expect(refusedLate(received(NONE, B, line('one')), 'in-one', GONE)).toBeUndefined();
  });
});
