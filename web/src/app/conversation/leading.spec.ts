import { TestBed } from '@angular/core/testing';
import { Layout } from '../appearance/layout.ts';
import { message, peer, welcome } from '../../testing/frames.ts';
import { surround, until } from '../../testing/page.ts';
import { Seats } from '../seats/seats.ts';
import { Reveal } from '../wire/reveal.ts';
import { Leading } from './leading.ts';

const ANN = peer('B=', { name: 'Ann' });

async function setup() {
  const { network } = surround();
  TestBed.inject(Leading);
  const seats = TestBed.inject(Seats);
  const show = spyOn(TestBed.inject(Layout), 'show');
  seats.open('Second');
  await until(() => network.sockets.length === 2);
  for (const socket of network.sockets) {
    socket.accept();
    socket.say(welcome([ANN], { session: socket.url }));
  }
  seats.activate(seats.first.key);
  const [first, second] = seats.all();
  return { first, network, reveal: TestBed.inject(Reveal), second, seats, show };
}

describe('Leading', () => {
  it('opens the conversation of a message that is asked for, in its seat', async () => {
    const { first, network, reveal, second, seats, show } = await setup();
    const frame = message(ANN, 'hello');
    network.sockets[1]?.say(frame);
    reveal.showMessage({ seat: second?.key ?? '', session: ANN.session, messageId: frame.id });
    TestBed.tick();
    expect(second?.connection.selected()?.session).toBe(ANN.session);
    expect(first?.connection.selected()).toBeUndefined();
    expect(seats.active()).toBe(second ?? seats.first);
    expect(show).toHaveBeenCalledOnceWith('conversation');
  });

  it('asks nothing of a seat that is closed', async () => {
    const { reveal, seats, show } = await setup();
    reveal.showMessage({ seat: 'closed', session: ANN.session, messageId: 'm1' });
    TestBed.tick();
    expect(seats.active()).toBe(seats.first);
    expect(show).not.toHaveBeenCalled();
  });

  it('shows the wire when its frames are asked for', async () => {
    const { reveal, show } = await setup();
    reveal.showFrames({ seat: '1', session: ANN.session, messageId: 'm1' });
    TestBed.tick();
    expect(show).toHaveBeenCalledOnceWith('wire');
  });
});
