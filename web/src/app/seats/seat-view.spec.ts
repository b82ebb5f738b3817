import { Clipboard } from '@angular/cdk/clipboard';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { joined, left, ME, message, peer } from '../../testing/frames.ts';
import { connected, type Given, surround, until } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Layout } from '../appearance/layout.ts';
import { SEAT } from './seat-providers.ts';
import { Seats } from './seats.ts';
import { SeatView } from './seat-view.ts';

const ANN = peer('B=', { name: 'Ann' });

async function setup(given: Given = {}, phone = false) {
  const surroundings = surround(given);
  spyOn(window, 'matchMedia').and.callFake(
    (query) =>
      Object.defineProperty(new EventTarget(), 'matches', {
        value: phone && query.includes('<'),
      }) as MediaQueryList,
  );
  const view = await show(SeatView);
  const { connection, socket } = await connected(surroundings);
  // What is not first seen comes a moment later.
  await until(() => view.host.querySelector('app-invitation') !== null);
  await view.settled();
  const hear = async (frame: object) => {
    socket.say(frame);
    await view.settled();
  };
  const open = async (name: string) => {
    await view.press(name);
    await until(() => view.host.querySelector('textarea') !== null);
  };
  return { ...surroundings, connection, hear, open, socket, view };
}
/** What is on the screen of the panels that a phone has. */
const shown = (view: { readonly host: HTMLElement }) =>
  [...view.host.querySelectorAll('[role=tabpanel]:not([hidden])')].map(({ id }) => id);

describe('SeatView', () => {
  it('shows the own connectionId, and how to bring in a peer', async () => {
    const { view } = await setup({ search: '?room=blue' });
    expect(view.texts('output')).toEqual([ME]);
    expect(view.texts('h2')).toContain('Nobody else is here yet');
    expect(view.texts('code.line')[0]).toContain('room=blue');
  });

  it('gives the link to itself, once there is one', async () => {
    const { view } = await setup({ search: '?room=blue&name=Me' });
    const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(true);
    await view.press('Link');
    expect(copy.calls.mostRecent().args[0]).toMatch(/#to=session-me$/);
  });

  it('does not say that nobody is here before it can know', async () => {
    const { socket, view } = await setup();
    expect(view.texts('h2').at(-1)).toBe('Nobody else is here yet');
    socket.break();
    await view.settled();
    expect(view.texts('h2').at(-1)).toBe('Bring in a peer');
  });

  it('gives no id away that is not its own any more', async () => {
    const { socket, view } = await setup();
    expect(view.texts('code.line').at(-1)).toContain(ME);
    socket.break();
    await view.settled();
    expect(view.texts('code.line').at(-1)).toContain('<connectionId>');
  });

  it('invites nobody to where nobody can come', async () => {
    surround({ search: '?room=a b' });
    const view = await show(SeatView);
    await view.settled();
    expect(view.texts('app-invitation')).toEqual([]);
  });

  it('lists a peer while it is here', async () => {
    const { hear, view } = await setup();
    await hear(joined(ANN));
    expect(view.texts('app-peer-list .name')).toEqual(['Ann']);
    await hear(left(ANN));
    expect(view.texts('app-peer-list .name')).toEqual([]);
  });

  it('talks both ways with the peer that is chosen', async () => {
    const { hear, open, socket, view } = await setup();
    await hear(joined(ANN));
    await open('Ann');
    const field = view.find('textarea');
    field.value = 'Hello';
    field.dispatchEvent(new Event('input'));
    await view.press('Send');
    expect(socket.heard.at(-1)).toEqual(jasmine.objectContaining({ forward: 'B=', data: 'Hello' }));
    await hear(message(ANN, 'Hi'));
    expect(view.texts('.text')).toEqual(['Hello', 'Hi']);
  });

  it('goes back to the room when the conversation is closed, and invites on demand', async () => {
    const { hear, open, view } = await setup();
    await hear(joined(ANN));
    await open('Ann');
    await view.click('[aria-label="Close the conversation"]');
    expect(view.host.querySelector('textarea')).toBeNull();
    expect(view.text()).toContain('Choose a peer from the list');
    await open('Ann');
    await view.press('Invite');
    expect(view.text()).toContain('Choose a peer from the list');
  });

  it('says that the list is old while there is no connection', async () => {
    const { hear, socket, view } = await setup();
    await hear(joined(ANN));
    expect(view.text()).not.toContain('As they were');
    socket.break();
    await view.settled();
    expect(view.text()).toContain('As they were when the connection ended');
  });

  it('shows trouble that belongs to no message, until it is dismissed', async () => {
    const { hear, view } = await setup();
    await hear({ message: 'Internal server error', requestId: 'R=' });
    await until(() => view.host.querySelector('app-notices') !== null);
    expect(view.texts('app-notices p')).toEqual(['API Gateway says: Internal server error (request R=)']);
    view.find('app-notices button').focus();
    await view.press('Dismiss');
    expect(view.host.querySelector('app-notices')).toBeNull();
    // Not to nowhere: to what is next to where it was.
    expect(view.find('.bar').contains(document.activeElement)).toBeTrue();
  });

  it('closes itself, unless it is the first', async () => {
    expect((await setup()).view.texts('.close')).toEqual([]);
    TestBed.resetTestingModule();
    surround();
    const key = signal('');
    TestBed.configureTestingModule({ providers: [{ provide: SEAT, useFactory: () => key() }] });
    const seats = TestBed.inject(Seats);
    seats.open('蛸');
    key.set(seats.active().key);
    const view = await show(SeatView);
    await view.click('.close');
    expect(seats.all().length).toBe(1);
  });

  describe('on a phone', () => {
    it('is two panels that their tabs name, of which one is shown', async () => {
      const { view } = await setup({}, true);
      expect(shown(view)).toEqual(['part-peers']);
      expect(view.find('#part-peers').getAttribute('aria-labelledby')).toBe('part-peers-tab');
      TestBed.inject(Layout).show('wire');
      await view.settled();
      expect(shown(view)).toEqual([]);
    });

    it('offers another peer where the list is empty, and only there', async () => {
      const { hear, view } = await setup({}, true);
      await view.click('.peers .alone');
      expect(TestBed.inject(Seats).all().length).toBe(2);
      await hear(joined(ANN));
      expect(view.host.querySelector('.peers .alone')).toBeNull();
    });

    it('shows the conversation with the peer that is chosen, and the list again when it is closed', async () => {
      const { hear, open, view } = await setup({}, true);
      await hear(joined(ANN));
      await open('Ann');
      expect(shown(view)).toEqual(['part-conversation']);
      await view.click('[aria-label="Close the conversation"]');
      expect(shown(view)).toEqual(['part-peers']);
    });
  });
});
