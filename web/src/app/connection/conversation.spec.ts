import { peer } from '../../testing/frames.ts';
import {
  acquainted,
  compose,
  type Conversations,
  opened,
  read,
  received,
  refused,
  restarted,
  sent,
} from './conversation.ts';

const B = peer('B=');
const C = peer('C=');
const NONE: Conversations = new Map();
const line = (text: string) => ({ id: `in-${text}`, text, at: 1 });
const of = (all: Conversations, { session }: typeof B) => all.get(session);
const texts = (all: Conversations, who: typeof B) => of(all, who)?.lines.map(({ text }) => text);
const say = (all: Conversations, text: string, to = B) => {
  const request = compose(of(all, to), to, text);
  return { request, all: sent(all, to, request, 1) };
};
const GONE = { kind: 'refused', code: 'gone', reason: 'away' } as const;

describe('conversation', () => {
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

  it('can be opened before anything was said', () => {
    expect(of(opened(NONE, B), B)).toEqual({ peer: B, lines: [], unread: 0 });
  });

  it('remembers how a peer calls itself, once there is a conversation to remember it for', () => {
    const all = acquainted(received(NONE, B, line('one')), [{ ...B, name: 'Ann' }, C]);
    expect(of(all, B)?.peer.name).toBe('Ann');
    expect(of(all, C)).toBeUndefined();
  });

  it('[P12] counts each stream from 0, one for each conversation', () => {
    const first = say(NONE, 'one');
    const second = say(first.all, 'two');
    const other = say(second.all, 'three', C);
    expect([first, second, other].map(({ request }) => request.seq)).toEqual([0, 1, 0]);
    expect(second.request.stream).toBe(first.request.stream);
    expect(other.request.stream).not.toBe(first.request.stream);
    expect(second.request.id).not.toBe(first.request.id);
  });

  it('[P12] names as base the oldest message that is not settled; a refusal settles one', () => {
    const first = say(NONE, 'one');
    const second = say(first.all, 'two');
    expect(second.request.base).toBe(0);
    const settled = refused(second.all, first.request.id, GONE) ?? NONE;
    expect(say(settled, 'three').request).toEqual(jasmine.objectContaining({ seq: 2, base: 1 }));
    const all = refused(settled, second.request.id, GONE) ?? NONE;
    expect(say(all, 'three').request).toEqual(jasmine.objectContaining({ seq: 2, base: 2 }));
  });

  it('starts another stream when we are another session', () => {
    const first = say(NONE, 'one');
    const { request } = say(restarted(first.all), 'two');
    expect(request.stream).not.toBe(first.request.stream);
    expect(request).toEqual(jasmine.objectContaining({ seq: 0, base: 0 }));
    expect(texts(restarted(first.all), B)).toEqual(['one']);
  });

  it('marks the message that was refused, and no other', () => {
    const first = say(NONE, 'one');
    const { all } = say(first.all, 'two');
    const statuses = (now: Conversations) => of(now, B)?.lines.map(({ sent }) => sent?.status.kind);
    expect(statuses(all)).toEqual(['sent', 'sent']);
    expect(statuses(refused(all, first.request.id, GONE) ?? NONE)).toEqual(['refused', 'sent']);
  });

  it('knows when a refusal names no message of ours', () => {
    expect(refused(received(NONE, B, line('one')), 'in-one', GONE)).toBeUndefined();
  });
});
