import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { joined, peer } from '../../testing/frames.ts';
import { connected, surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { FRAGMENT } from '../connection/tokens.ts';
import { LinkNotice } from './link-notice.ts';

const BOB = peer('C=', { name: 'Bob' });

async function setup(fragment: string) {
  const surroundings = surround();
  TestBed.configureTestingModule({ providers: [{ provide: FRAGMENT, useValue: signal(fragment) }] });
  const view = await show(LinkNotice);
  const { socket } = await connected(surroundings);
  await view.settled();
  return { socket, view };
}

describe('LinkNotice', () => {
  it('says that the peer is not here, until it is', async () => {
    const { socket, view } = await setup(`#to=${BOB.session}`);
    expect(view.texts('p')[0]).toContain('is not here now');
    socket.say(joined(BOB));
    await view.settled();
    expect(view.text()).toBe('');
  });

  it('says whose link it is when it is our own', async () => {
    const { view } = await setup('#to=session-me');
    expect(view.text()).toContain('give it to somebody else');
  });

  it('is taken away, by a button that says what it takes', async () => {
    const { view } = await setup('#to=session-me');
    expect(view.find('button').getAttribute('aria-label')).toBe('Dismiss what is said of the link');
    await view.press('Dismiss');
    expect(view.text()).toBe('');
  });

  it('says nothing when the address asks for nobody', async () => {
    expect((await setup('')).view.text()).toBe('');
  });
});
