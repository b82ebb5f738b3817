import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { DROPPED_AT_ONCE, MOST_ENTRIES, MOST_TEXT, WireLog } from './wire-log.ts';

function setup() {
  const log = TestBed.inject(WireLog);
  const open = (seat: string, way: (text: string) => boolean = () => true) => {
    const socket = log.opening(seat, 'ws://localhost/', []);
    log.opened(socket, way);
    return socket;
  };
  const hear = (text: string) =>
    log.record({ socket: 0, direction: 'in', reading: { kind: 'plain' }, text, bytes: text.length });
  const settled = () => TestBed.inject(ApplicationRef).whenStable();
  return { hear, log, open, settled };
}

describe('WireLog', () => {
  it('keeps the newest entries, and their keys go on', () => {
    const { hear, log } = setup();
    for (let n = 0; n <= MOST_ENTRIES; n++) hear('x');
    expect(log.entries.length).toBe(MOST_ENTRIES - DROPPED_AT_ONCE + 1);
    expect(log.entries[0]?.key).toBe(DROPPED_AT_ONCE);
    expect(log.entries.at(-1)?.key).toBe(MOST_ENTRIES);
  });

  it('keeps no more text than there is room for, however large the frames are', () => {
    const { hear, log } = setup();
    const large = 'x'.repeat(32_768);
    const most = MOST_TEXT / large.length;
    for (let n = 0; n < most; n++) hear(large);
    expect(log.entries.length).toBe(most);
    hear(large);
    expect(log.entries.length).toBe(most + 1 - DROPPED_AT_ONCE);
    for (let n = 1; n < DROPPED_AT_ONCE; n++) hear(large);
    expect(log.entries.length).toBe(most);
  });

  it('says once of many entries that there is more', async () => {
    const { hear, log, settled } = setup();
    const before = log.revision();
    for (let n = 0; n < 1000; n++) hear('x');
    expect(log.revision()).toBe(before);
    await settled();
    expect(log.revision()).toBe(before + 1);
    hear('x');
    await settled();
    expect(log.revision()).toBe(before + 2);
  });

  it('leaves the screen alone in between, however much comes', async () => {
    const { hear, log, settled } = setup();
    const times: number[] = [];
    let said = log.revision();
    for (let frame = 0; frame < 20; frame++) {
      hear('x');
      const at = await new Promise<number>(requestAnimationFrame);
      if (log.revision() !== said) times.push(at);
      said = log.revision();
    }
    await settled();
    const pauses = times.slice(1).map((at, n) => at - (times[n] ?? at));
    expect(times.length).toBeGreaterThan(2);
    expect(Math.min(...pauses)).toBeGreaterThan(20);
  });

  it('forgets when asked, and says so', async () => {
    const { hear, log, settled } = setup();
    hear('x');
    await settled();
    const before = log.revision();
    log.clear();
    await settled();
    expect(log.entries).toEqual([]);
    expect(log.revision()).toBe(before + 1);
    hear('y');
    expect(log.entries.map(({ key }) => key)).toEqual([1]);
  });

  it('knows which seats there are, and which have an open socket', () => {
    const { log, open } = setup();
    const first = open('A');
    open('B');
    open('A');
    log.closed(first, 1000, '', true);
    expect([log.seats(), log.open()]).toEqual([
      ['A', 'B'],
      ['A', 'B'],
    ]);
    log.closed(1, 1006, '', false);
    expect([log.seats(), log.open()]).toEqual([['A', 'B'], ['A']]);
  });

  it('calls a seat by its number and the label of its newest socket', () => {
    const { log } = setup();
    log.opening('A', 'ws://localhost/?room=r&name=Ann', []);
    log.opening('B', 'ws://localhost/', []);
    log.opening('A', 'ws://localhost/?name=Ann%20B', []);
    expect([log.callOf('A'), log.callOf('B'), log.numberOf('B')]).toEqual(['1 Ann B', '2', 2]);
  });

  it('sends a text over the newest open socket of a seat, and says when there is none', () => {
    const { log, open } = setup();
    const sent: string[] = [];
    const way = (name: string) => (text: string) => sent.push(`${name} ${text}`) > 0;
    const old = open('A', way('old'));
    const current = open('A', way('new'));
    open('B', way('other'));
    open('A', () => false);
    expect(log.send('A', 'one')).toBeTrue();
    log.closed(current, 1001, '', false);
    expect(log.send('A', 'two')).toBeTrue();
    log.closed(old, 1001, '', false);
    expect(log.send('A', 'three')).toBeFalse();
    expect(sent).toEqual(['new one', 'old two']);
  });
});
