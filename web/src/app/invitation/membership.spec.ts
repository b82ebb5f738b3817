import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { parseInvitation } from '#protocol/invitation';
import { surround, until } from '../../testing/page.ts';
import { surroundWithKeys } from '../../testing/room-keys.ts';
import { show } from '../../testing/view.ts';
import { Admission } from '../admission/admission.ts';
import { Credentials } from '../admission/credentials.ts';
import { invite, makeRoomKey, type RoomKey } from '../admission/room-key.ts';
import { Membership } from './membership.ts';

const HOUR = 3_600_000;
const PAGE = 'http://host/?room=x';

describe('Membership', () => {
  let key: RoomKey;
  beforeAll(async () => {
    key = await makeRoomKey(crypto.subtle);
  });

  async function setup({ isOurs = false, endsAt }: { readonly isOurs?: boolean; readonly endsAt?: number }) {
    const { time } = surround({ search: `?room=${key.room}` });
    surroundWithKeys(isOurs ? [key] : []);
    if (endsAt !== undefined)
      TestBed.inject(Credentials).keep('invitation', await invite(crypto.subtle, key, endsAt));
    await TestBed.inject(Admission).pass();
    return { time, view: await show(Membership, { page: PAGE }) };
  }

  it('[P28] copies the invitation, says until when it is good, and that it has ended when it has', async () => {
    const { time, view } = await setup({ endsAt: HOUR });
    const copy = spyOn(TestBed.inject(Clipboard), 'copy').and.returnValue(true);
    await view.press('Copy the invitation');
    const copied = copy.calls.mostRecent().args[0];
    const invitation = new URLSearchParams(new URL(copied).hash.slice(1)).get('invitation') ?? '';
    expect(parseInvitation(invitation)?.publicKey).toEqual(key.publicKey);
    expect(view.text()).toContain('can enter until Jan 1, 1970');
    expect(view.host.innerHTML).not.toContain(invitation);
    time.pass(HOUR + 10_000);
    await view.settled();
    expect(view.texts('app-copy-button')).toEqual([]);
    expect(view.text()).toContain('has ended');
  });

  it('offers a guest no other invitation', async () => {
    const { view } = await setup({ endsAt: HOUR });
    expect(view.texts('select')).toEqual([]);
  });

  it('makes another where the room was made', async () => {
    const { view } = await setup({ isOurs: true });
    expect(view.texts('app-copy-button')).toEqual([]);
    view.find('select').selectedIndex = 0;
    await view.press('Make another invitation');
    await until(() => TestBed.inject(Admission).invitedUntil() !== undefined);
    await view.settled();
    expect(TestBed.inject(Admission).invitedUntil()).toBe(HOUR);
    expect(view.texts('app-copy-button')).toEqual(['Copy the invitation']);
  });
});
