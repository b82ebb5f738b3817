import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import type { Me } from '../connection/state.ts';
import { surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Identity } from './identity.ts';

const me: Me = {
  connectionId: 'C51DherHNjMCI3Q=',
  session: 'session-me',
  room: 'lobby',
  connectedAt: 1,
  build: '0.1.0',
};

describe('Identity', () => {
  it('says before the first connection where an id comes from', async () => {
    surround();
    const view = await show(Identity);
    expect(view.text()).toContain('API Gateway gives you one');
    expect(view.texts('button')).toEqual([]);
  });

  it('shows the connectionId whole, under a name, with a way to copy it', async () => {
    surround();
    const view = await show(Identity, { me });
    const id = view.find('output');
    expect(id.textContent).toBe('C51DherHNjMCI3Q=');
    expect(id.getAttribute('aria-label')).toBe('Your connectionId');
    expect(view.find('button').getAttribute('aria-label')).toBe('Copy your connectionId');
  });

  it('says under which name the others see us', async () => {
    surround();
    const view = await show(Identity, { me, name: 'Ann' });
    expect(view.texts('h2')).toEqual(['Your connectionId, as Ann']);
  });

  it('gives the link to us, once there is one', async () => {
    surround();
    const view = await show(Identity, { me });
    expect(view.texts('button')).toEqual(['Copy']);
    await view.set({ link: 'http://localhost/#to=session-me' });
    expect(view.texts('button')).toEqual(['Copy', 'Link']);
    const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(true);
    await view.press('Link');
    expect(copy).toHaveBeenCalledOnceWith('http://localhost/#to=session-me');
  });

  it('does not pass a lost connectionId off as a good one', async () => {
    surround();
    const view = await show(Identity, { me });
    expect(view.text()).not.toContain('It was yours');
    await view.set({ live: false });
    expect(view.text()).toContain('It was yours');
  });
});
