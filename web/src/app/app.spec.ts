import { Title } from '@angular/platform-browser';
import { TestBed } from '@angular/core/testing';
import { connected, type Given, surround, until } from '../testing/page.ts';
import { joined, left, ME, message, peer } from '../testing/frames.ts';
import { show } from '../testing/view.ts';
import { App } from './app.ts';

const ANN = peer('B=', { name: 'Ann' });

async function setup(given: Given = {}) {
  const surroundings = surround(given);
  const view = await show(App);
  const { connection, socket } = await connected(surroundings);
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

describe('App', () => {
  it('shows the own connectionId, the room, and how to bring in a peer', async () => {
    const { view } = await setup({ search: '?room=blue' });
    expect(view.texts('output')).toEqual([ME]);
    expect(view.texts('header strong')).toEqual(['blue']);
    expect(view.texts('h2')).toContain('Nobody else is here yet');
    expect(view.texts('code.line')[0]).toContain('room=blue');
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
    const view = await show(App);
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

  it('counts what is unread in the title of the window, until it is read', async () => {
    const { hear, open } = await setup();
    const title = () => TestBed.inject(Title).getTitle();
    await hear(joined(ANN));
    await hear(message(ANN, 'one'));
    await hear(message(ANN, 'two'));
    expect(title()).toBe('(2) hello-websocket');
    await open('Ann');
    expect(title()).toBe('hello-websocket');
  });

  it('goes back to the room when the conversation is closed', async () => {
    const { hear, open, view } = await setup();
    await hear(joined(ANN));
    await open('Ann');
    await view.press('Close the conversation');
    expect(view.host.querySelector('textarea')).toBeNull();
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
    expect(view.texts('app-notices p')).toEqual(['API Gateway says: Internal server error (request R=)']);
    await view.press('Dismiss');
    expect(view.host.querySelector('app-notices')).toBeNull();
  });
});
