import { isMembersOnly } from '#protocol';
import { invitationText, membersRoom, parseInvitation } from '#protocol/invitation';
import { invite, makeRoomKey } from './room-key.ts';
import { RoomKeys } from './room-keys.ts';

const { subtle } = crypto;
const NAME = 'hello-websocket-spec';

describe('a room for members', () => {
  it('[P28] has the name that its key gives it, and a key that nobody can read', async () => {
    const { room, publicKey, privateKey } = await makeRoomKey(subtle);
    expect(isMembersOnly(room)).toBeTrue();
    expect(membersRoom(new Uint8Array(await subtle.digest('SHA-256', publicKey)))).toBe(room);
    expect(privateKey.extractable).toBeFalse();
    await expectAsync(subtle.exportKey('jwk', privateKey)).toBeRejected();
  });

  it('[P28] is entered by invitations that its key has signed', async () => {
    const key = await makeRoomKey(subtle);
    const invitation = parseInvitation(await invite(subtle, key, 1_800_000_000_500));
    if (!invitation) throw new Error('It cannot be read.');
    expect(invitation.expiry).toBe(1_800_000_001);
    const verifier = await subtle.importKey(
      'raw',
      invitation.publicKey,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const verify = (text: string) =>
      subtle.verify(
        { name: 'ECDSA', hash: 'SHA-256' },
        verifier,
        invitation.signature,
        new TextEncoder().encode(text),
      );
    expect(await verify(invitationText(key.room, invitation.expiry))).toBeTrue();
    expect(await verify(invitationText(key.room, invitation.expiry + 1))).toBeFalse();
  });
});

describe('RoomKeys', () => {
  afterEach(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase(NAME).onsuccess = resolve;
      }),
  );

  it('keep a key for the pages after this one, which can invite with it and not read it', async () => {
    const key = await makeRoomKey(subtle);
    await new RoomKeys(indexedDB, NAME).keep(key);
    const found = await new RoomKeys(indexedDB, NAME).find(key.room);
    if (!found) throw new Error('It was not kept.');
    expect(found.privateKey.extractable).toBeFalse();
    expect(parseInvitation(await invite(subtle, found, 5000))?.publicKey).toEqual(key.publicKey);
  });

  it('have none of a room that was made elsewhere', async () => {
    const keys = new RoomKeys(indexedDB, NAME);
    await keys.keep(await makeRoomKey(subtle));
    expect(await keys.find('m-elsewhere')).toBeUndefined();
  });

  it('say so where the browser keeps nothing', async () => {
    const refuses = Object.assign(Object.create(indexedDB) as IDBFactory, {
      open: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
    await expectAsync(new RoomKeys(refuses, NAME).find('m-x')).toBeRejected();
  });
});
