import { FakeStorage } from '../../testing/fake-storage.ts';
import { SeatList } from './seat-list.ts';

const SEATS = [
  { key: 'a', name: 'Peer 2' },
  { key: 'b', name: '蛸' },
];

describe('SeatList', () => {
  it('brings back the seats of its room, and of no other', () => {
    const storage = new FakeStorage();
    new SeatList(storage, 'blue').keep(SEATS);
    expect(new SeatList(storage, 'blue').recall()).toEqual(SEATS);
    expect(new SeatList(storage, 'red').recall()).toEqual([]);
  });

  it('leaves nothing behind when there are none', () => {
    const storage = new FakeStorage();
    const list = new SeatList(storage, 'blue');
    list.keep(SEATS);
    list.keep([]);
    expect(storage.items.size).toBe(0);
  });

  for (const text of ['{', '{}', 'null', '[1]', '[null]', '[{"key":1,"name":"x"}]', '[{"key":"a"}]']) {
    it(`takes ${text} for no seats`, () => {
      const storage = new FakeStorage();
      storage.setItem('hello-websocket/blue/seats', text);
      expect(new SeatList(storage, 'blue').recall()).toEqual([]);
    });
  }

  it('does without storage, and without room in it', () => {
    expect(new SeatList(undefined, 'blue').recall()).toEqual([]);
    const full = new FakeStorage(60);
    const list = new SeatList(full, 'blue');
    list.keep([{ key: 'a', name: 'A' }]);
    expect(full.items.size).toBe(1);
    list.keep(SEATS);
    expect(full.items.size).toBe(0);
  });
});
