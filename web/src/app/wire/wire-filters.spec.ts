import { TestBed } from '@angular/core/testing';
import { joined, message, peer } from '../../testing/frames.ts';
import { show } from '../../testing/view.ts';
import { wired } from '../../testing/wire.ts';
import { WireFilters } from './wire-filters.ts';
import { WireView } from './wire-view.ts';

const ANN = peer('ann=', { name: 'Ann' });

async function setup() {
  const around = wired();
  const { socket } = around.open();
  const view = await show(WireFilters);
  const choose = async (label: string, value: string) => {
    const field = view.find(`[aria-label="${label}"]`);
    if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.value = value;
    field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'));
    await view.settled();
  };
  return { ...around, choose, socket, view, wire: TestBed.inject(WireView) };
}

describe('WireFilters', () => {
  it('narrows by text, kind and peer, and shows all again', async () => {
    const { choose, socket, view, wire } = await setup();
    socket.say(joined(ANN));
    socket.say(message(ANN, 'Hello'));
    await view.settled();
    expect(view.texts('[aria-label="Peer"] option')).toEqual(['All peers', 'Ann']);
    await choose('Find in frames', 'hel');
    await choose('Kind', 'message');
    await choose('Peer', ANN.session);
    expect(wire.filter()).toEqual({ text: 'hel', kind: 'message', peer: ANN.session });
    expect(wire.isFiltered()).toBeTrue();
    await view.press('Show all');
    expect(wire.isFiltered()).toBeFalse();
    expect(view.find('input').value).toBe('');
    expect(view.find('select').value).toBe('');
    expect(view.texts('button')).toEqual([]);
  });

  it('offers the seats once there are several', async () => {
    const { choose, open, view, wire } = await setup();
    expect(view.host.querySelector('[aria-label="Seat"]')).toBeNull();
    open('2');
    await view.settled();
    await choose('Seat', '2');
    expect(wire.filter().seat).toBe('2');
    await choose('Seat', '');
    expect(wire.isFiltered()).toBeFalse();
  });
});
