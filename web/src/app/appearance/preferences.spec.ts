import { TestBed } from '@angular/core/testing';
import { show } from '../../testing/view.ts';
import { LANGUAGE_KEY } from '../language/language.ts';
import { Preferences } from './preferences.ts';
import { RELOAD } from './reload.ts';
import { THEME_KEY } from './theme.ts';

async function setup() {
  const reload = jasmine.createSpy('reload');
  TestBed.configureTestingModule({ providers: [{ provide: RELOAD, useValue: reload }] });
  return { reload, view: await show(Preferences) };
}
const root = document.documentElement;

describe('Preferences', () => {
  afterEach(() => {
    localStorage.removeItem(THEME_KEY);
    localStorage.removeItem(LANGUAGE_KEY);
    delete root.dataset['theme'];
  });

  it('begin with the colours of the system', async () => {
    const { view } = await setup();
    expect(view.texts('label:has(:checked)')).toEqual(['As the system']);
    expect(getComputedStyle(root).colorScheme).toBe('light dark');
  });

  it('paint the page as one chooses, and later pages, too', async () => {
    const { view } = await setup();
    await view.click('input[value=dark]');
    expect(getComputedStyle(root).colorScheme).toBe('dark');
    expect(localStorage.getItem(THEME_KEY)).toBe('dark');
    await view.click('input[value=light]');
    expect(getComputedStyle(root).colorScheme).toBe('light');
    await view.click('input[value=system]');
    expect(getComputedStyle(root).colorScheme).toBe('light dark');
  });

  for (const [stored, label] of [
    ['dark', 'Dark'],
    ['pink', 'As the system'],
  ] as const) {
    it(`begin with ${label} where ${stored} was chosen before`, async () => {
      localStorage.setItem(THEME_KEY, stored);
      expect((await setup()).view.texts('label:has(:checked)')).toEqual([label]);
    });
  }

  it('offer the languages by the names that their speakers have for them, and load the page anew in the chosen one', async () => {
    const { reload, view } = await setup();
    expect(view.texts('option')).toEqual(['English', '日本語']);
    const select = view.find('select');
    expect(select.value).toBe('en');
    select.value = 'ja';
    select.dispatchEvent(new Event('change'));
    expect(localStorage.getItem(LANGUAGE_KEY)).toBe('ja');
    expect(reload).toHaveBeenCalledTimes(1);
  });
});
