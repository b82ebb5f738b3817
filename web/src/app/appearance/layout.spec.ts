import { TestBed } from '@angular/core/testing';
import { Layout } from './layout.ts';

/** A window that is so many rem wide, and can be made wider. */
function windowOf(width: number) {
  const lists = new Set<{ update(): void }>();
  let rem = width;
  spyOn(window, 'matchMedia').and.callFake((query) => {
    const [, sign, limit] = /(<|>=) (\d+)rem/.exec(query) ?? [];
    const target = new EventTarget();
    const matches = () => (sign === '<' ? rem < Number(limit) : rem >= Number(limit));
    lists.add({ update: () => target.dispatchEvent(new Event('change')) });
    return Object.defineProperty(target, 'matches', { get: matches }) as MediaQueryList;
  });
  const layout = TestBed.inject(Layout);
  const widen = (to: number) => {
    rem = to;
    for (const list of lists) list.update();
  };
  return { layout, widen };
}

describe('Layout', () => {
  it('shows the wire where there is room for it, until somebody says otherwise', () => {
    const { layout, widen } = windowOf(60);
    expect([layout.phone(), layout.wire()]).toEqual([false, false]);
    widen(100);
    expect(layout.wire()).toBeTrue();
    layout.toggleWire();
    expect(layout.wire()).toBeFalse();
  });

  it('shows one part at a time on a phone', () => {
    const { layout } = windowOf(22);
    expect([layout.phone(), layout.part(), layout.wire()]).toEqual([true, 'peers', false]);
    layout.show('conversation');
    expect(layout.part()).toBe('conversation');
    layout.toggleWire();
    expect([layout.part(), layout.wire()]).toEqual(['wire', true]);
    layout.toggleWire();
    expect([layout.part(), layout.wire()]).toEqual(['conversation', false]);
  });

  it('shows the wire when it is asked for by name', () => {
    const { layout } = windowOf(60);
    layout.show('wire');
    expect(layout.wire()).toBeTrue();
  });
});
