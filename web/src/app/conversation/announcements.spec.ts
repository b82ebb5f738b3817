import { LiveAnnouncer } from '@angular/cdk/a11y';
import { TestBed } from '@angular/core/testing';
import { connected, surround, until } from '../../testing/page.ts';
import { message, peer } from '../../testing/frames.ts';
import { Announcements } from './announcements.ts';

const ANN = peer('B=', { name: 'Ann' });

async function setup() {
  const surroundings = surround();
  const announce = spyOn(TestBed.inject(LiveAnnouncer), 'announce').and.resolveTo();
  TestBed.inject(Announcements);
  const { connection, socket } = await connected(surroundings, [ANN]);
  return { announce, connection, socket };
}

describe('Announcements', () => {
  it('reads out who wrote what, without interrupting', async () => {
    const { announce, socket } = await setup();
    socket.say(message(ANN, 'hello'));
    await until(() => announce.calls.any());
    expect(announce).toHaveBeenCalledOnceWith('Ann: hello', 'polite');
  });

  it('reads the beginning of a long message', async () => {
    const { announce, socket } = await setup();
    socket.say(message(ANN, 'x'.repeat(1000)));
    await until(() => announce.calls.any());
    expect(announce).toHaveBeenCalledOnceWith(`Ann: ${'x'.repeat(200)}…`, 'polite');
  });

  it('does not read out what we wrote', async () => {
    const { announce, connection, socket } = await setup();
    expect(connection.send(ANN.session, 'hello')).toBe('sent');
    socket.say(message(ANN, 'hi'));
    await until(() => announce.calls.any());
    expect(announce).toHaveBeenCalledOnceWith('Ann: hi', 'polite');
  });

  it('is heard and not seen', () => {
    void TestBed.inject(LiveAnnouncer).announce('hello', 'polite');
    const region = document.querySelector('.cdk-live-announcer-element');
    expect(region && getComputedStyle(region).position).toBe('absolute');
  });
});
