import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { surround } from '../../testing/page.ts';
import { show } from '../../testing/view.ts';
import { Credentials } from '../admission/credentials.ts';
import { LinkButton } from './link-button.ts';

const link = 'http://localhost/?room=x#to=session-me';
const MEMBERS = `m-${'x'.repeat(43)}`;

describe('LinkButton', () => {
  it('copies the link to us', async () => {
    surround();
    TestBed.inject(Credentials).keep('invitation', 'not-for-this-room');
    const view = await show(LinkButton, { link });
    const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(true);
    expect(view.find('button').getAttribute('aria-label')).toBe('Copy the link to you');
    await view.press('Link');
    expect(copy).toHaveBeenCalledOnceWith(link);
  });

  it('[P28] copies an invitation in a room for members, and nothing that lets nobody in', async () => {
    surround({ search: `?room=${MEMBERS}` });
    const view = await show(LinkButton, { link });
    expect(view.texts('button')).toEqual([]);
    TestBed.inject(Credentials).keep('invitation', 'abc');
    await view.settled();
    const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(true);
    await view.press('Invitation');
    expect(copy).toHaveBeenCalledOnceWith(`${link}&invitation=abc`);
    expect(view.host.textContent).not.toContain('abc');
  });

  it('shows no code of an address that leads other devices nowhere', async () => {
    surround();
    const view = await show(LinkButton, { link });
    expect(view.host.querySelector('app-qr-button')).toBeNull();
  });
});
