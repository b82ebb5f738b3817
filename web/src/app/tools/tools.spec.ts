import { TestBed } from '@angular/core/testing';
import { type Given, surround, until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Layout } from '../appearance/layout.ts';
import { Configuration } from '../connection/configuration.ts';
import { Tools } from './tools.ts';

async function setup(phone = false, given: Given = {}) {
  surround(given);
  spyOn(window, 'matchMedia').and.callFake(
    (query) =>
      Object.defineProperty(new EventTarget(), 'matches', {
        value: phone && query.includes('<'),
      }) as MediaQueryList,
  );
  return show(Tools);
}

describe('Tools', () => {
  it('show and hide the wire, and say which', async () => {
    const view = await setup();
    const pressed = () => view.find('[aria-pressed]').getAttribute('aria-pressed');
    expect(pressed()).toBe('false');
    await view.press('Wire');
    expect(TestBed.inject(Layout).wire()).toBeTrue();
    expect(pressed()).toBe('true');
  });

  it('list the keys until the list is closed', async () => {
    const view = await setup();
    await view.press('Keys');
    await until(() => view.host.querySelector('dialog')?.open === true);
    await view.press('Close');
    await until(() => view.host.querySelector('dialog') === null);
    expect(view.texts('kbd')).toEqual([]);
  });

  it('keep colours and language behind a button on a phone, and leave the wire to its tab', async () => {
    const view = await setup(true);
    expect(view.texts('[aria-pressed]')).toEqual([]);
    const preferences = view.find('app-preferences');
    expect(preferences.checkVisibility()).toBeFalse();
    await view.press('Colours and language');
    expect(preferences.checkVisibility()).toBeTrue();
  });

  it('[P27] sign in where the configuration says that people have to', async () => {
    const config = JSON.stringify({ webSocketUrl: 'ws://localhost:1/dev', auth: 'jwt' });
    const view = await setup(false, { config });
    await until(() => view.host.querySelector('app-sign-in') !== null);
    expect(view.texts('app-sign-in button')[0]).toBe('Sign in');
  });

  it('speak of it nowhere else', async () => {
    const view = await setup();
    const configuration = TestBed.inject(Configuration);
    await until(() => configuration.configured().kind === 'ready');
    await view.settled();
    expect(view.host.querySelector('app-sign-in')).toBeNull();
  });
});
