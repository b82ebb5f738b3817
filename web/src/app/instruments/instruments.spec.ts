import { TestBed } from '@angular/core/testing';
import { connected, surround, until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { EVENT_SOURCE } from '../local/tokens.ts';
import { Reveal } from '../wire/reveal.ts';
import { Instruments } from './instruments.ts';

/** A stream on which nothing ever comes. */
class SilentSource extends EventTarget {
  close(): void {
    // There is nothing to close.
  }
}

async function setup(config: object = {}) {
  const surroundings = surround({
    config: JSON.stringify({ webSocketUrl: 'ws://localhost:3001/dev', ...config }),
  });
  TestBed.configureTestingModule({ providers: [{ provide: EVENT_SOURCE, useValue: SilentSource }] });
  const view = await show(Instruments);
  await connected(surroundings);
  await view.settled();
  return view;
}

describe('Instruments', () => {
  it('show the frames first, and the pictures on demand, each in a panel that its tab names', async () => {
    const view = await setup();
    expect(view.host.querySelector('app-wire-pane')).not.toBeNull();
    await view.press('Pictures');
    expect(view.host.querySelector('app-wire-pane')).toBeNull();
    const panel = view.find('[role=tabpanel]:not([hidden])');
    expect(panel.querySelector('app-pictures')).not.toBeNull();
    // It may scroll, and holds nothing else that takes the focus.
    expect(panel.tabIndex).toBe(0);
    expect(view.find(`#${panel.getAttribute('aria-labelledby') ?? ''}`).textContent.trim()).toBe('Pictures');
  });

  it('look into a local runner where there is one, and nowhere else', async () => {
    expect((await setup()).texts('[role=tab]')).toEqual(['Frames', 'Pictures']);
    TestBed.resetTestingModule();
    const view = await setup({ local: '_local/' });
    expect(view.texts('[role=tab]')).toEqual(['Frames', 'Pictures', 'Hops', 'Faults']);
    await view.press('Hops');
    await until(() => view.host.querySelector('app-hops') !== null);
    await view.press('Faults');
    await until(() => view.host.querySelector('app-fault-switches') !== null);
    expect(view.host.querySelector('app-hops')).toBeNull();
  });

  it('show the frames again when somebody asks for those of a message', async () => {
    const view = await setup();
    await view.press('Pictures');
    TestBed.inject(Reveal).showFrames({ seat: '1', session: 's', messageId: 'm' });
    await view.settled();
    expect(view.host.querySelector('app-wire-pane')).not.toBeNull();
  });
});
