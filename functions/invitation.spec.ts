import {
  formatInvitation,
  type Invitation,
  INVITATION_BYTES,
  membersRoom,
  parseInvitation,
} from '#protocol/invitation';
import { isMembersOnly, PLAIN_SUBPROTOCOL, SUBPROTOCOL } from '#protocol';
import fc from 'fast-check';
import { webcrypto } from 'node:crypto';
import { mayEnter } from './invitation.ts';
import { foundRoom } from './testing/members-room.ts';
import { type Stage, startStage } from './testing/stage.ts';

const { subtle } = webcrypto;

const offer = (invitation: string): string => `${SUBPROTOCOL}, invite.${invitation}`;

describe('an invitation', () => {
  const NOW = 1_800_000_000_000;
  const LATER = 1_800_000_060;

  it('[P28] lets into the room of its key, until it ends', async () => {
    const { room, invite } = await foundRoom();
    expect(room).toMatch(/^m-[\w-]{43}$/);
    const offered = offer(formatInvitation(await invite(LATER)));
    expect(mayEnter(room, offered, NOW)).toBeTrue();
    expect(mayEnter(room, offered, LATER * 1000 - 1)).toBeTrue();
    expect(mayEnter(room, offered, LATER * 1000)).toBeFalse();
  });

  it('[P28] is not needed for other rooms, and those alone have names that are no hash', () => {
    for (const room of ['lobby', 'm-', 'm-team', `m-${'x'.repeat(42)}`, `m-${'x'.repeat(44)}`]) {
      expect(isMembersOnly(room)).toBeFalse();
      expect(mayEnter(room, undefined, NOW)).toBeTrue();
    }
    expect(mayEnter(`m-${'x'.repeat(43)}`, undefined, NOW)).toBeFalse();
  });

  it('[P28] is of no use for another room, with another key, or with a later end', async () => {
    const [mine, yours] = await Promise.all([foundRoom(), foundRoom()]);
    const good = await mine.invite(LATER);
    const forged: readonly Invitation[] = [
      await yours.invite(LATER),
      await yours.invite(LATER, mine.room),
      await mine.invite(LATER, yours.room),
      { ...(await yours.invite(LATER, mine.room)), publicKey: good.publicKey },
      { ...good, expiry: LATER + 1 },
      { ...good, signature: new Uint8Array(64) },
    ];
    for (const one of forged) expect(mayEnter(mine.room, offer(formatInvitation(one)), NOW)).toBeFalse();
    expect(mayEnter(yours.room, offer(formatInvitation(good)), NOW)).toBeFalse();
  });

  it('[P28] with a key that is no point of the curve is refused, and not a fault', async () => {
    const raw = new Uint8Array(65).fill(7);
    for (const first of [4, 2]) {
      raw[0] = first;
      const room = membersRoom(new Uint8Array(await subtle.digest('SHA-256', raw)));
      const text = formatInvitation({ publicKey: raw, expiry: LATER, signature: new Uint8Array(64) });
      expect(mayEnter(room, offer(text), NOW)).toBeFalse();
    }
  });

  it('[P28] with any one bit changed is refused', async () => {
    const { room, invite } = await foundRoom();
    const bytes = Buffer.from(formatInvitation(await invite(LATER)), 'base64url');
    fc.assert(
      fc.property(fc.nat(INVITATION_BYTES * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(mayEnter(room, offer(changed.toString('base64url')), NOW)).toBeFalse();
      }),
      { numRuns: 200 },
    );
  });

  it('[P5] [P28] is read from exactly the texts that are written for one, and any other text is none', () => {
    const bytes = (length: number) =>
      fc.uint8Array({ minLength: length, maxLength: length }).map((some) => Uint8Array.from(some));
    const invitation = fc.record({
      publicKey: bytes(65),
      expiry: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      signature: bytes(64),
    });
    fc.assert(
      fc.property(invitation, (one) => {
        expect(parseInvitation(formatInvitation(one))).toEqual(one);
      }),
    );
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[A-Za-z0-9_-]{176,180}$/),
      fc.string({ minLength: 178, maxLength: 178, unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (any) => {
        const read = parseInvitation(any);
        expect(read === undefined ? any : formatInvitation(read)).toBe(any);
      }),
    );
  });

  describe('at the door', () => {
    let stage: Stage;
    beforeEach(async () => {
      stage = await startStage();
    });
    afterEach(() => stage.close());

    const enter = async (id: string, room: string, invitation?: Invitation) => {
      const offered = invitation ? offer(formatInvitation(invitation)) : SUBPROTOCOL;
      const headers = { 'Sec-WebSocket-Protocol': [offered] };
      const response = await stage.connect(id, { query: { room }, headers });
      if (response.statusCode === 200) await stage.send(id, { type: 'hello', room });
      return response;
    };
    const later = () => Math.ceil(stage.clock.now / 1000) + 60;

    it('[P28] is asked for before anything is written, and never echoed', async () => {
      const { room, invite } = await foundRoom();
      expect((await enter('A=', room)).statusCode).toBe(403);
      expect((await stage.connect('P=', { query: { room } })).statusCode).toBe(403);
      expect(stage.takeCalls()).toEqual([]);
      const response = await enter('A=', room, await invite(later()));
      expect(response.headers).toEqual({ 'Sec-WebSocket-Protocol': SUBPROTOCOL });
      expect((await stage.registry.listed(room)).length).toBe(1);
    });

    it('[P28] lets a terminal in that names its dialect beside it', async () => {
      const { room, invite } = await foundRoom();
      const invitation = formatInvitation(await invite(later()));
      const headers = { 'Sec-WebSocket-Protocol': [`${PLAIN_SUBPROTOCOL}, invite.${invitation}`] };
      expect((await stage.connect('Term=', { query: { room }, headers })).headers).toEqual({
        'Sec-WebSocket-Protocol': PLAIN_SUBPROTOCOL,
      });
      expect((await stage.registry.listed(room)).map(({ dialect }) => dialect)).toEqual(['plain']);
    });

    it('[P28] is needed to write or send receipts to members, who may write out', async () => {
      const { room, invite } = await foundRoom();
      await enter('A=', room, await invite(later()));
      await enter('B=', room, await invite(later()));
      await stage.join('Out=');
      await stage.connect('Term=');
      for (const id of ['A=', 'B=', 'Out=']) stage.takeTexts(id);
      const message = { type: 'message', id: 'm1', stream: 's', seq: 0, base: 0, data: 'x' };

      await stage.send('Out=', { ...message, forward: 'A=' });
      await stage.send('Out=', { type: 'receipt', forward: 'A=', ids: ['m1'] });
      await stage.send('Term=', { forward: 'A=', data: 'x' });
      expect(stage.takeTexts('A=')).toEqual([]);
      // A receipt has no answer [P14].
      expect<object[]>(stage.takeFrames('Out=')).toEqual([
        jasmine.objectContaining({ type: 'refused', id: 'm1', code: 'not-member', about: 'receiver' }),
      ]);
      expect(stage.takeTexts('Term=')).toEqual([jasmine.stringMatching(/^ERROR: .*room for members/)]);

      await stage.send('A=', { ...message, forward: 'B=' });
      await stage.send('A=', { ...message, forward: 'Out=' });
      expect(stage.takeTexts('B=').length).toBe(1);
      expect(stage.takeTexts('Out=').length).toBe(1);
    });
  });
});
