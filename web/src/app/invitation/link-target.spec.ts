import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { joined, left, peer, welcome } from '../../testing/frames.ts';
import { connected, surround } from '../../testing/page.ts';
import { FRAGMENT } from '../connection/tokens.ts';
import { LinkTarget } from './link-target.ts';

const ANN = peer('B=', { name: 'Ann' });
const BOB = peer('C=', { name: 'Bob' });

async function setup(fragment: string, peers = [ANN, BOB]) {
  const surroundings = surround();
  const address = signal(fragment);
  TestBed.configureTestingModule({ providers: [{ provide: FRAGMENT, useValue: address }] });
  const target = TestBed.inject(LinkTarget);
  const page = await connected(surroundings, peers);
  TestBed.tick();
  const hear = (frame: object) => {
    page.socket.say(frame);
    TestBed.tick();
  };
  return { ...page, address, hear, target };
}

describe('LinkTarget', () => {
  it('opens the conversation with the peer that the address names', async () => {
    const { connection, target } = await setup(`#to=${BOB.session}`);
    expect(connection.selected()?.name).toBe('Bob');
    expect(target.trouble()).toBeUndefined();
  });

  it('[P15] finds it whatever connection it has by now', async () => {
    const { connection } = await setup(`#to=${BOB.session}`, [{ ...BOB, connectionId: 'later=' }]);
    expect(connection.selected()?.connectionId).toBe('later=');
  });

  it('says that it is not here, and opens its conversation when it comes', async () => {
    const { connection, hear, target } = await setup(`#to=${BOB.session}`, [ANN]);
    expect(target.trouble()).toBe('not-here');
    expect(connection.selected()).toBeUndefined();
    hear(joined(BOB));
    expect(connection.selected()?.name).toBe('Bob');
    expect(target.trouble()).toBeUndefined();
  });

  it('does so once: who chooses another peer keeps it', async () => {
    const { connection, hear } = await setup(`#to=${BOB.session}`);
    connection.select(ANN.session);
    hear(left(BOB));
    hear(joined(BOB));
    expect(connection.selected()?.name).toBe('Ann');
  });

  it('waits no longer when it is told so', async () => {
    const { connection, hear, target } = await setup(`#to=${BOB.session}`, [ANN]);
    target.forget();
    expect(target.trouble()).toBeUndefined();
    hear(joined(BOB));
    expect(connection.selected()).toBeUndefined();
  });

  it('follows an address that is typed later', async () => {
    const { address, connection } = await setup('');
    address.set(`#to=${ANN.session}`);
    TestBed.tick();
    expect(connection.selected()?.name).toBe('Ann');
  });

  it('knows the link to ourselves', async () => {
    const { hear, target } = await setup('#to=session-me', [ANN]);
    hear(welcome([ANN]));
    expect(target.trouble()).toBe('our-own');
  });
});
