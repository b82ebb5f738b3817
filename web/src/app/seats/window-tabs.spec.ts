import { TestBed } from '@angular/core/testing';
import { message, peer } from '../../testing/frames.ts';
import { connected, surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Layout } from '../appearance/layout.ts';
import { Seats } from './seats.ts';
import { WindowTabs } from './window-tabs.ts';

async function setup() {
  const surroundings = surround();
  const view = await show(WindowTabs);
  const selected = () => view.texts('[role=tab][aria-selected=true]');
  return { ...surroundings, seats: TestBed.inject(Seats), selected, view };
}

describe('WindowTabs', () => {
  it('show the part that is chosen, and count what is unread', async () => {
    const { network, selected, time, view } = await setup();
    const { socket } = await connected({ network, time });
    socket.say(message(peer('B='), 'one'));
    await view.settled();
    expect(view.texts('[role=tab]')).toEqual(['Peers 1 unread', 'Conversation', 'Wire']);
    expect(selected()).toEqual(['Peers 1 unread']);
    await view.press('Conversation');
    expect(TestBed.inject(Layout).part()).toBe('conversation');
    expect(selected()).toEqual(['Conversation']);
  });

  it('name the peers of the window where there are several, and count what each has not read', async () => {
    const { network, seats, selected, time, view } = await setup();
    const { socket } = await connected({ network, time });
    seats.open('Ann');
    socket.say(message(peer('B='), 'to the first'));
    await view.settled();
    expect(view.texts('[role=tab]')).toEqual(['This page 1 unread', 'Ann', 'Peers', 'Conversation', 'Wire']);
    expect(selected()).toEqual(['Ann', 'Peers']);
    await view.press('This page 1 unread');
    expect(seats.active()).toBe(seats.first);
    expect(selected()).toEqual(['This page 1 unread', 'Peers 1 unread']);
  });
});
