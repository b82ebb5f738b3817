import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { ME, peer } from '../../testing/frames.ts';
import { connected, surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Layout } from '../appearance/layout.ts';
import { Seats } from '../seats/seats.ts';
import { ShortcutSheet } from './shortcut-sheet.ts';
import { SHORTCUTS_KEY, Shortcuts } from './shortcuts.ts';

const PEERS = [peer('A=', { connectedAt: 1 }), peer('B=', { connectedAt: 2 })];

async function setup() {
  const surroundings = surround();
  const shortcuts = TestBed.inject(Shortcuts);
  const { connection } = await connected(surroundings, PEERS);
  return { connection, layout: TestBed.inject(Layout), seats: TestBed.inject(Seats), shortcuts };
}
const press = (key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));

describe('Shortcuts', () => {
  afterEach(() => localStorage.removeItem(SHORTCUTS_KEY));

  it('go from peer to peer, and around', async () => {
    const { connection } = await setup();
    const visited = ['j', 'j', 'j', 'k'].map((key) => {
      press(key);
      return connection.selected()?.connectionId;
    });
    expect(visited).toEqual(['A=', 'B=', 'A=', 'B=']);
  });

  it('begin with the last peer when they go back', async () => {
    const { connection } = await setup();
    press('k');
    expect(connection.selected()?.connectionId).toBe('B=');
  });

  it('show the wire and hide it', async () => {
    const { layout } = await setup();
    const before = layout.wire();
    press('w');
    expect(layout.wire()).toBe(!before);
    press('w');
    expect(layout.wire()).toBe(before);
  });

  it('copy the own connectionId, and say so', async () => {
    await setup();
    const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(true);
    const announce = spyOn(TestBed.inject(LiveAnnouncer), 'announce').and.resolveTo();
    press('y');
    expect(copy).toHaveBeenCalledOnceWith(ME);
    expect(announce).toHaveBeenCalledOnceWith('Copied your connectionId', 'polite');
  });

  it('open another peer, and go from one to the next', async () => {
    const { seats } = await setup();
    press('n');
    expect(seats.all().length).toBe(2);
    expect(seats.active()).not.toBe(seats.first);
    press('s');
    expect(seats.active()).toBe(seats.first);
  });

  for (const tag of ['input', 'textarea', 'select'] as const) {
    it(`do nothing while one is in a ${tag}`, async () => {
      const { layout, shortcuts } = await setup();
      const field = document.body.appendChild(document.createElement(tag));
      const before = layout.wire();
      press('w', field);
      press('?', field);
      expect([layout.wire(), shortcuts.sheet()]).toEqual([before, false]);
      field.remove();
    });
  }

  it('leave the keys of the browser and of input methods alone', async () => {
    const { shortcuts } = await setup();
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }]) {
      expect(press('?', document.body, more))
        .withContext('not prevented')
        .toBeTrue();
    }
    expect(shortcuts.sheet()).toBeFalse();
  });

  it('open the sheet that lists them, behind which nothing happens, and after which they work at once', async () => {
    const { layout, shortcuts } = await setup();
    press('?');
    expect(shortcuts.sheet()).toBeTrue();
    const sheet = (await show(ShortcutSheet)).find('dialog');
    const before = layout.wire();
    press('w');
    expect(layout.wire()).toBe(before);
    sheet.close();
    press('w');
    expect(layout.wire()).toBe(!before);
  });

  it('can be switched off, for later pages, too', async () => {
    const { shortcuts } = await setup();
    shortcuts.use(false);
    press('?');
    expect(shortcuts.sheet()).toBeFalse();
    TestBed.resetTestingModule();
    const later = await setup();
    expect(later.shortcuts.on()).toBeFalse();
    press('?');
    expect(later.shortcuts.sheet()).toBeFalse();
    later.shortcuts.use(true);
    press('?');
    expect(later.shortcuts.sheet()).toBeTrue();
  });
});
