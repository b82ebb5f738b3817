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
  return { ...surroundings, seats: TestBed.inject(Seats), view };
}

describe('WindowTabs', () => {
  it('show the part that is chosen, and count what is unread', async () => {
    const { network, time, view } = await setup();
    const { socket } = await connected({ network, time });
    socket.say(message(peer('B='), 'one'));
    await view.settled();
    expect(view.texts('[role=tab]')).toEqual(['Peers 1 unread', 'Conversation', 'Wire']);
    await view.press('Conversation');
    expect(TestBed.inject(Layout).part()).toBe('conversation');
  });

  it('name the peers of the window where there are several', async () => {
    const { seats, view } = await setup();
    seats.open('Ann');
    await view.settled();
    expect(view.texts('[role=tab]')).toEqual(['This page', 'Ann', 'Peers', 'Conversation', 'Wire']);
    await view.press('This page');
    expect(seats.active()).toBe(seats.first);
  });
});
