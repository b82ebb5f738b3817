import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { ME, joined, message, peer, welcome } from '../testing/frames.ts';
import { connected, type Given, surround, until } from '../testing/page.ts';
import { show } from '../testing/view.ts';
import { App } from './app.ts';
import { Layout } from './appearance/layout.ts';
import { FRAGMENT } from './connection/tokens.ts';
import { BUILD } from './status/build.ts';

const ANN = peer('B=', { name: 'Ann' });

interface Screen extends Given {
  readonly phone?: boolean;
  readonly fragment?: string;
}

async function setup({ phone = false, fragment = '', ...given }: Screen = {}) {
  const surroundings = surround(given);
  TestBed.configureTestingModule({
    providers: [
      { provide: BUILD, useValue: '0.1.0' },
      { provide: FRAGMENT, useValue: signal(fragment) },
    ],
  });
  spyOn(window, 'matchMedia').and.callFake(
    (query) =>
      Object.defineProperty(new EventTarget(), 'matches', {
        value: phone && query.includes('<'),
      }) as MediaQueryList,
  );
  const view = await show(App);
  const { connection, socket } = await connected(surroundings);
  // What is not first seen comes a moment later.
  await until(() => view.host.querySelector('app-invitation') !== null);
  await view.settled();
  const hear = async (frame: object) => {
    socket.say(frame);
    await view.settled();
  };
  /** Splits the window, and welcomes the peer that came. */
  const split = async () => {
    const { network } = surroundings;
    const before = network.sockets.length;
    await view.press('Open another peer here');
    await until(() => network.sockets.length > before);
    network.socket.accept();
    network.socket.say(welcome([peer(ME)], { connectionId: 'second=', session: 'second' }));
    await view.settled();
  };
  return { ...surroundings, connection, hear, socket, split, view };
}

describe('App', () => {
  it('has the page’s own peer in it, and the room in its head', async () => {
    const { view } = await setup({ search: '?room=blue' });
    expect(view.texts('output')).toEqual([ME]);
    expect(view.texts('header strong')).toEqual(['blue']);
  });

  it('splits into live peers, each with an id and a name of its own, and becomes whole again', async () => {
    const { network, split, view } = await setup();
    await split();
    expect(view.texts('output')).toEqual([ME, 'second=']);
    const names = [...view.host.querySelectorAll('[role=group]')].map((one) =>
      one.getAttribute('aria-label'),
    );
    expect(names).toEqual(['This page', 'Peer 2']);
    expect(network.live).toBe(2);
    await view.press('Close Peer 2');
    expect(view.texts('output')).toEqual([ME]);
    expect(network.live).toBe(1);
  });

  it('keeps apart what its peers say', async () => {
    const { hear, network, socket, split, view } = await setup();
    await hear(joined(ANN));
    await split();
    network.socket.say(joined(ANN));
    await view.settled();
    await view.click('.seat:last-child app-peer-list button:last-of-type');
    await until(() => view.host.querySelector('textarea') !== null);
    const field = view.find('textarea');
    field.value = 'from the second';
    field.dispatchEvent(new Event('input'));
    await view.press('Send');
    expect(network.socket.heard.at(-1)).toEqual(jasmine.objectContaining({ data: 'from the second' }));
    expect(JSON.stringify(socket.heard)).not.toContain('from the second');
  });

  it('counts what is unread in the title of the window, until it is read', async () => {
    const { connection, hear, view } = await setup();
    const title = () => TestBed.inject(Title).getTitle();
    await hear(joined(ANN));
    await hear(message(ANN, 'one'));
    await hear(message(ANN, 'two'));
    expect(title()).toBe('(2) hello-websocket');
    connection.select(ANN.session);
    await view.settled();
    expect(title()).toBe('hello-websocket');
  });

  it('shows the wire, and hides it', async () => {
    const { view } = await setup();
    expect(view.find('.wire').hidden).toBeTrue();
    await view.press('Wire');
    expect(view.find('.wire').hidden).toBeFalse();
    await until(() => view.host.querySelector('app-instruments') !== null);
    await view.press('Wire');
    expect(view.find('.wire').hidden).toBeTrue();
  });

  it('opens the conversation that its address names', async () => {
    const { hear, connection, view } = await setup({ fragment: `#to=${ANN.session}` });
    await until(() => view.texts('.news p').length === 1);
    await hear(joined(ANN));
    expect(connection.selected()?.name).toBe('Ann');
    expect(view.texts('app-link-notice p')).toEqual([]);
  });

  it('offers to reload when the functions are of another build', async () => {
    const { hear, view } = await setup();
    expect(view.texts('app-stale p')).toEqual([]);
    await hear(welcome([], { connectionId: 'next=', build: '0.2.0' }));
    await until(() => view.host.querySelector('app-stale') !== null);
    expect(view.texts('.news[role=status] button')).toContain('Reload the page');
  });

  it('lists its keys on demand', async () => {
    const { view } = await setup();
    await view.press('Keys');
    await until(() => view.host.querySelector('dialog')?.open === true);
    expect(view.texts('dialog h2')).toEqual(['Keys']);
  });

  describe('on a phone', () => {
    it('has a tab for each part, and counts on it what is unread', async () => {
      const { hear, view } = await setup({ phone: true });
      await hear(message(ANN, 'one'));
      expect(view.texts('[role=tab]')).toEqual(['Peers 1 unread', 'Conversation', 'Wire']);
      await view.press('Wire');
      expect(TestBed.inject(Layout).part()).toBe('wire');
      expect(view.find('#part-wire').hidden).toBeFalse();
      expect(view.find('.seat').hidden).toBeTrue();
    });

    it('shows one peer at a time, and has a tab for each', async () => {
      const { split, view } = await setup({ phone: true });
      await view.press('Conversation');
      await split();
      const shown = () =>
        [...view.host.querySelectorAll('.seat:not([hidden])')].map((one) => one.getAttribute('aria-label'));
      expect(shown()).toEqual(['Peer 2']);
      await view.press('This page');
      expect(shown()).toEqual(['This page']);
      const ids = [...view.host.querySelectorAll('[role=tabpanel]')].map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
    });
  });
});
