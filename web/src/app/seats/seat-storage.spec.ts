import { FakeStorage } from '../../testing/fake-storage.ts';
import { SeatStorage } from './seat-storage.ts';

describe('SeatStorage', () => {
  it('keeps apart what seats store under the same key', () => {
    const tab = new FakeStorage();
    const [one, other] = [new SeatStorage(tab, '2'), new SeatStorage(tab, '3')];
    tab.setItem('key', 'the first');
    one.setItem('key', 'the second');
    other.setItem('key', 'the third');
    expect([tab, one, other].map((storage) => storage.getItem('key'))).toEqual([
      'the first',
      'the second',
      'the third',
    ]);
    one.removeItem('key');
    expect(one.getItem('key')).toBeNull();
    expect(other.getItem('key')).toBe('the third');
  });

  it('clears what a former page has stored, and nothing of the others', () => {
    const tab = new FakeStorage();
    tab.setItem('key', 'the first');
    new SeatStorage(tab, '2').setItem('key', 'the second');
    const later = new SeatStorage(tab, '2');
    later.getItem('key');
    later.setItem('more', 'text');
    later.clear();
    expect([...tab.items.keys()]).toEqual(['key']);
  });
});
