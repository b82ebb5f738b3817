import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { parseInvitation } from '#protocol/invitation';
import { FakeStorage } from '../../testing/fake-storage.ts';
import { tokenOf } from '../../testing/fake-tokens.ts';
import { surround, until } from '../../testing/page.ts';
import { surroundWithKeys } from '../../testing/room-keys.ts';
import { Configuration } from '../connection/configuration.ts';
import { FRAGMENT } from '../connection/tokens.ts';
import { Admission } from './admission.ts';
import { invite, makeRoomKey, type RoomKey } from './room-key.ts';

const { subtle } = crypto;
const HOUR = 3_600_000;

interface Setting {
  readonly auth?: true;
  readonly fragment?: string;
  /** What was kept in this browser. */
  readonly keys?: readonly RoomKey[];
  readonly room?: string;
  readonly storage?: FakeStorage;
  readonly insecure?: true;
  /** Whether the browser keeps nothing. */
  readonly forgetful?: true;
}

async function setup({ auth, fragment = '', keys = [], room = 'lobby', ...given }: Setting = {}) {
  const config = JSON.stringify({ webSocketUrl: 'ws://localhost:1/dev', ...(auth && { auth: 'jwt' }) });
  const storage = given.storage ?? new FakeStorage();
  const { time } = surround({ config, search: `?room=${room}`, storage });
  TestBed.configureTestingModule({ providers: [{ provide: FRAGMENT, useValue: signal(fragment) }] });
  const kept = surroundWithKeys(keys, given);
  const configuration = TestBed.inject(Configuration);
  await until(() => configuration.configured().kind === 'ready');
  const admission = TestBed.inject(Admission);
  const lack = async () => {
    const pass = await admission.pass();
    return 'lack' in pass ? pass.lack : undefined;
  };
  const offers = async () => {
    const pass = await admission.pass();
    return 'offers' in pass ? pass.offers : undefined;
  };
  return { admission, kept, lack, offers, storage, time };
}

describe('Admission', () => {
  it('brings nothing to an open room, whatever it has', async () => {
    const { offers } = await setup({ fragment: '#invitation=i&token=t' });
    expect(await offers()).toEqual([]);
  });

  describe('[P28] to a room for members', () => {
    let key: RoomKey;
    beforeAll(async () => {
      key = await makeRoomKey(subtle);
    });

    it('brings the invitation of the link, until it ends', async () => {
      const text = await invite(subtle, key, HOUR);
      const { admission, lack, offers, time } = await setup({
        room: key.room,
        fragment: `#invitation=${text}`,
      });
      expect(await offers()).toEqual([`invite.${text}`]);
      expect([admission.invitedUntil(), admission.isOurs()]).toEqual([HOUR, false]);
      time.pass(HOUR);
      expect(await lack()).toEqual({ what: 'ended', credential: 'invitation', at: HOUR });
    });

    it('lacks one without a link, and one that was cut', async () => {
      const { lack } = await setup({ room: key.room });
      expect(await lack()).toEqual({ what: 'missing', credential: 'invitation' });
      TestBed.resetTestingModule();
      const cut = (await invite(subtle, key, HOUR)).slice(0, -1);
      const damaged = await setup({ room: key.room, fragment: `#invitation=${cut}` });
      expect(await damaged.lack()).toEqual({ what: 'damaged', credential: 'invitation' });
    });

    it('brings one of its own where the room was made, with a link or without, and after that has ended', async () => {
      const fragment = `#invitation=${await invite(subtle, key, HOUR)}`;
      const { admission, offers, time } = await setup({ room: key.room, keys: [key], fragment });
      time.pass(HOUR * 2);
      const [offer = ''] = (await offers()) ?? [];
      const own = parseInvitation(offer.replace('invite.', ''));
      expect(own?.publicKey).toEqual(key.publicKey);
      expect(own?.expiry).toBe((HOUR * 3) / 1000);
      expect(admission.isOurs()).toBeTrue();
      expect(admission.invitedUntil()).withContext('the others have the old one').toBe(HOUR);
    });

    it('makes another invitation where the room was made, and nowhere else', async () => {
      const { admission } = await setup({ room: key.room, keys: [key] });
      await admission.renew(HOUR);
      expect(admission.invitedUntil()).toBe(HOUR);
      TestBed.resetTestingModule();
      const guest = await setup({ room: key.room });
      await guest.admission.renew(HOUR);
      expect(guest.admission.invitedUntil()).toBeUndefined();
    });

    it('can be told apart only by its link where nothing is kept, or keys cannot be made', async () => {
      for (const about of [{ forgetful: true }, { insecure: true }] as const) {
        const text = await invite(subtle, key, HOUR);
        const { admission, offers } = await setup({
          ...{ room: key.room, keys: [key], fragment: `#invitation=${text}` },
          ...about,
        });
        expect(await offers()).toEqual([`invite.${text}`]);
        expect(admission.isOurs()).toBeFalse();
        TestBed.resetTestingModule();
      }
    });
  });

  it('[P28] makes a room, of which it keeps the key in the browser and the first invitation in the tab', async () => {
    const { admission, kept, storage } = await setup();
    const room = await admission.make(HOUR);
    expect(kept.map((key) => key.room)).toEqual([room]);
    TestBed.resetTestingModule();
    const there = await setup({ room, storage });
    expect((await there.offers())?.length).toBe(1);
    expect(there.admission.invitedUntil()).toBe(HOUR);
  });

  it('makes no room whose key would be lost', async () => {
    const { admission } = await setup({ forgetful: true });
    await expectAsync(admission.make(HOUR)).toBeRejected();
    TestBed.resetTestingModule();
    const insecure = await setup({ insecure: true });
    expect(insecure.admission.canMake).toBeFalse();
    await expectAsync(insecure.admission.make(HOUR)).toBeRejected();
  });

  describe('[P27] where people sign in', () => {
    it('brings the token, until it ends', async () => {
      const text = tokenOf({ sub: 'ann', exp: HOUR / 1000 });
      const { admission, lack, offers, time } = await setup({ auth: true, fragment: `#token=${text}` });
      expect(await offers()).toEqual([`bearer.${text}`]);
      expect(admission.token()).toEqual({ subject: 'ann', endsAt: HOUR });
      time.pass(HOUR);
      expect(await lack()).toEqual({ what: 'ended', credential: 'token', at: HOUR });
    });

    it('lacks one that nobody gave, and one that is none: no socket could be opened with it', async () => {
      const { lack } = await setup({ auth: true });
      expect(await lack()).toEqual({ what: 'missing', credential: 'token' });
      TestBed.resetTestingModule();
      const damaged = await setup({ auth: true, fragment: '#token=not%20one' });
      expect(await damaged.lack()).toEqual({ what: 'damaged', credential: 'token' });
    });

    it('brings both to a room for members', async () => {
      const key = await makeRoomKey(subtle);
      const invitation = await invite(subtle, key, HOUR);
      const token = tokenOf({ sub: 'ann' });
      const fragment = `#invitation=${invitation}&token=${token}`;
      const { offers } = await setup({ auth: true, room: key.room, fragment });
      expect(await offers()).toEqual([`bearer.${token}`, `invite.${invitation}`]);
    });
  });
});
