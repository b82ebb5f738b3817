import { SUBPROTOCOL } from '#protocol';
import { type Approach, connectTerminal, refusalOf } from './raw-client.ts';
import { newRoom, stageForSuite } from './stage.ts';
import { expectAliveProgram, visitors } from './visitors.ts';

describe('Bad input', () => {
  const stage = stageForSuite();
  const { open, openProgram, undo } = visitors(stage);

  describe('in the handshake is refused with 400', () => {
    const BAD: readonly (readonly [what: string, approach: Approach, rule: string])[] = [
      ['an empty room', { room: '' }, 'P2'],
      ['a room with a space', { room: 'my room' }, 'P2'],
      ['a room of 65 characters', { room: 'x'.repeat(65) }, 'P2'],
      ['a room in another script', { room: '蛸壺' }, 'P2'],
      ['a name of 65 characters', { name: 'x'.repeat(65) }, 'P2'],
      ['a name with a line break', { name: 'Ann\nBen' }, 'P2'],
      ['a name with a line separator', { name: 'Ann\u2028Ben' }, 'P2'],
      ['an unknown subprotocol', { subprotocols: ['hello-websocket.v0'] }, 'P1'],
    ];
    for (const [what, approach, rule] of BAD) {
      it(`for ${what} [${rule}]`, async () => {
        expect(await refusalOf(stage().url, approach)).toBe(400);
        const subprotocols = [SUBPROTOCOL, ...(approach.subprotocols ?? [])];
        if (rule === 'P2') expect(await refusalOf(stage().url, { ...approach, subprotocols })).toBe(400);
      });
    }

    it('but not for a known subprotocol among others, a name of 64 characters or an unknown parameter [P1] [P2]', async () => {
      const room = newRoom();
      const known = await open({ room, name: '蛸'.repeat(64), subprotocols: ['other', SUBPROTOCOL] });
      expect(known.socket.protocol).toBe(SUBPROTOCOL);
      const url = new URL(stage().url);
      url.searchParams.set('colour', 'blue');
      const other = await connectTerminal(url.href, { room, name: '' });
      undo(() => other.client.socket.terminate());
      expect(other.client.socket.protocol).toBe('');
    });

    it('and nothing of it is registered', async () => {
      const room = newRoom();
      const witness = await openProgram(room);
      expect(await refusalOf(stage().url, { room, name: 'x'.repeat(65) })).toBe(400);
      await expectAliveProgram(witness);
    });
  });
});
