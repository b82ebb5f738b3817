import { TestBed } from '@angular/core/testing';
import { surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { OpenSeat } from './open-seat.ts';
import { MOST_SEATS, Seats } from './seats.ts';

async function setup() {
  surround();
  const view = await show(OpenSeat);
  return { seats: TestBed.inject(Seats), view };
}
const OPEN = 'Open another peer here';

describe('OpenSeat', () => {
  it('opens a peer under the name that was written, and the next under one of its own', async () => {
    const { seats, view } = await setup();
    const field = view.find('input');
    expect(field.placeholder).toBe('Peer 2');
    field.value = '蛸';
    field.dispatchEvent(new Event('input'));
    await view.press(OPEN);
    expect(field.value).toBe('');
    await view.press(OPEN);
    expect(seats.all().map(({ name }) => name)).toEqual([undefined, '蛸', 'Peer 2']);
    expect(field.placeholder).toBe('Peer 3');
  });

  it('says when the window holds no more', async () => {
    const { seats, view } = await setup();
    for (let more = 1; more < MOST_SEATS; more++) await view.press(OPEN);
    expect(view.find('button').disabled).toBeTrue();
    expect(view.text()).toContain('This window holds 4 peers at most.');
    seats.close(seats.active().key);
    await view.settled();
    expect(view.find('button').disabled).toBeFalse();
  });
});
