import { TestBed } from '@angular/core/testing';
import { surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { ShortcutSheet } from './shortcut-sheet.ts';
import { SHORTCUTS_KEY, Shortcuts } from './shortcuts.ts';

async function setup() {
  surround();
  const shortcuts = TestBed.inject(Shortcuts);
  shortcuts.open();
  return { shortcuts, view: await show(ShortcutSheet) };
}

describe('ShortcutSheet', () => {
  afterEach(() => localStorage.removeItem(SHORTCUTS_KEY));

  it('is a dialog with a name, in which every key is listed', async () => {
    const { shortcuts, view } = await setup();
    expect(view.find('dialog').open).toBeTrue();
    expect(view.find('dialog').matches(':modal')).toBeTrue();
    expect(view.texts('h2')).toEqual(['Keys']);
    for (const { key, what } of shortcuts.all) {
      expect(view.texts('kbd')).toContain(key);
      expect(view.texts('dd')).toContain(what);
    }
  });

  it('is closed with its button', async () => {
    const { shortcuts, view } = await setup();
    const closed = new Promise((resolve) => view.find('dialog').addEventListener('close', resolve));
    await view.press('Close');
    await closed;
    expect(shortcuts.sheet()).toBeFalse();
  });

  it('switches the keys off', async () => {
    const { shortcuts, view } = await setup();
    await view.click('input');
    expect(shortcuts.on()).toBeFalse();
    await view.click('input');
    expect(shortcuts.on()).toBeTrue();
  });
});
