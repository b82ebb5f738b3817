import { randomBytes } from 'node:crypto';
import { ACTION, MAX_FRAME_BYTES, SUBPROTOCOL } from '#protocol';
import { newRoom, stageForSuite } from './stage.ts';
import { expectAliveProgram, visitors } from './visitors.ts';

const MEGABYTE = 1024 * 1024;

/** What ends the socket, and how API Gateway says so. */
const FATAL: readonly (readonly [
  what: string,
  frame: () => string | Buffer,
  code: number,
  reason: string,
])[] = [
  [
    `a frame of ${MAX_FRAME_BYTES + 1} bytes`,
    () => 'x'.repeat(MAX_FRAME_BYTES + 1),
    1009,
    'Max frame length of 32768 has been exceeded.',
  ],
  ['a megabyte of garbage', () => garbage(), 1009, 'Max frame length of 32768 has been exceeded.'],
  ['text that is no UTF-8', () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 1007, ''],
  ['a surrogate encoded as if it were a character', () => Buffer.from([0xed, 0xa0, 0x80]), 1007, ''],
];
const garbage = (): string => randomBytes(MEGABYTE / 2).toString('hex');

describe('Bad input', () => {
  const stage = stageForSuite();
  const { open, openProgram, openTerminal } = visitors(stage);

  describe('that ends the socket ends it with the right code, and the others see it leave [P21]', () => {
    for (const [dialect, subprotocols] of [
      ['a terminal', []],
      ['a program', [SUBPROTOCOL]],
    ] as const) {
      for (const [what, frame, code, reason] of FATAL) {
        it(`${code} for ${what} from ${dialect}`, async () => {
          const client = await open({ room: newRoom(), subprotocols });
          client.say(frame());
          expect(await client.ended()).toEqual({ code, reason });
          expect(client.waiting).toEqual([]);
        });
      }

      it(`1003 for binary from ${dialect}`, async () => {
        const client = await open({ room: newRoom(), subprotocols });
        client.socket.send(Buffer.from(`{"action":"${ACTION}"}`), { binary: true });
        expect((await client.ended()).code).toBe(1003);
        expect(client.waiting).toEqual([]);
      });
    }

    it('1009 for a megabyte that was small while it was compressed', async () => {
      const client = await open({ room: newRoom(), extra: { perMessageDeflate: { threshold: 0 } } });
      expect(client.socket.extensions).toContain('permessage-deflate');
      client.say('x'.repeat(MEGABYTE));
      expect((await client.ended()).code).toBe(1009);
    });

    it('and the server goes on for everyone else', async () => {
      const room = newRoom();
      const witness = await openProgram(room);
      const { client, id } = await openTerminal(room);
      expect(await witness.client.next()).toContain('joined');
      client.say(garbage());
      expect((await client.ended()).code).toBe(1009);
      expect(await witness.client.next()).toBe(JSON.stringify({ type: 'left', connectionId: id }));
      await expectAliveProgram(witness);
    });
  });
});
