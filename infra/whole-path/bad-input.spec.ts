import { ACTION, MAX_FRAME_BYTES, SUBPROTOCOL } from '#protocol';
import {
  FOR_A_PROGRAM,
  FOR_A_TERMINAL,
  GONE,
  MESSAGE,
  NO_ROUTE,
  NOT_JSON,
  WITHOUT_A_ROUTE,
} from './bad-frames.ts';
import { refused } from './raw-client.ts';
import { newRoom, stageForSuite } from './stage.ts';
import { expectAliveProgram, expectAliveTerminal, visitors } from './visitors.ts';

describe('Bad input', () => {
  const stage = stageForSuite();
  const { open, openProgram, openTerminal } = visitors(stage);

  // It is its sender's mistake, not ours.
  afterEach(() => expect(stage().logged.filter((line) => line.includes('ERROR'))).toEqual([]));

  describe('from a terminal gets one line of text and leaves the connection open [P32]', () => {
    for (const [what, frame, , reason] of WITHOUT_A_ROUTE) {
      it(`when the frame ${what} [P4]`, async () => {
        const terminal = await openTerminal();
        expect(await terminal.client.ask(frame)).toBe(`ERROR: ${reason}`);
        await expectAliveTerminal(terminal);
      });
    }
    for (const [what, fields, reason] of FOR_A_TERMINAL) {
      it(`when the frame ${what} [P5]`, async () => {
        const terminal = await openTerminal();
        expect(await terminal.client.ask(JSON.stringify({ action: ACTION, ...fields }))).toBe(
          `ERROR: ${reason}`,
        );
        await expectAliveTerminal(terminal);
      });
    }

    it('when forward has gone [P40]', async () => {
      const room = newRoom();
      const terminal = await openTerminal(room);
      const other = await openTerminal(room);
      await other.client.leave();
      const frame = JSON.stringify({ action: ACTION, forward: other.id, data: 'hello' });
      expect(await terminal.client.ask(frame)).toBe(`ERROR: ${GONE}`);
      await expectAliveTerminal(terminal);
    });

    it('when a frame is as long as may be', async () => {
      const terminal = await openTerminal();
      expect(await terminal.client.ask('x'.repeat(MAX_FRAME_BYTES))).toBe(`ERROR: ${NOT_JSON}`);
      await expectAliveTerminal(terminal);
    });
  });

  describe('from a program gets a frame that refuses it and leaves the connection open [P5]', () => {
    for (const [what, frame, code, reason] of WITHOUT_A_ROUTE) {
      it(`when the frame ${what} [P4]`, async () => {
        const program = await openProgram();
        expect(await program.client.ask(frame)).toBe(refused(code, reason));
        await expectAliveProgram(program);
      });
    }
    for (const [what, fields, code, reason, id] of FOR_A_PROGRAM) {
      it(`when the frame ${what} [P40]`, async () => {
        const program = await openProgram();
        const answer = await program.client.ask(JSON.stringify({ action: ACTION, ...fields }));
        expect(answer).toBe(refused(code, reason, id));
        await expectAliveProgram(program);
      });
    }

    it('when the frame has no route, and names its id so that the client can tell which it was', async () => {
      const program = await openProgram();
      expect(await program.client.ask('{"action":"nope","id":"n1"}')).toBe(
        refused('unknown-route', NO_ROUTE, 'n1'),
      );
      await expectAliveProgram(program);
    });

    it('when forward has gone', async () => {
      const room = newRoom();
      const program = await openProgram(room);
      const other = await openTerminal(room);
      await other.client.leave();
      expect(await program.client.next()).toContain('joined');
      expect(await program.client.next()).toBe(JSON.stringify({ type: 'left', connectionId: other.id }));
      const answer = await program.client.ask(
        JSON.stringify({ action: ACTION, ...MESSAGE, forward: other.id }),
      );
      expect(answer).toBe(refused('gone', GONE, 'm1'));
      await expectAliveProgram(program);
    });

    it('when anything but hello comes first [P7]', async () => {
      const room = newRoom();
      const client = await open({ room, subprotocols: [SUBPROTOCOL] });
      const notMember = 'this connection is not listed in a room, or no more: open a new one';
      expect(await client.ask(JSON.stringify({ action: ACTION, ...MESSAGE }))).toBe(
        refused('not-member', notMember, 'm1'),
      );
      client.send({ type: 'hello', room });
      expect(await client.next()).toContain('"type":"welcome"');
    });

    it('when hello names another room [P7]', async () => {
      const program = await openProgram();
      program.client.send({ type: 'hello', room: newRoom() });
      const wrongRoom = 'room must be the room of the connection';
      expect(await program.client.next()).toBe(refused('invalid', wrongRoom));
      await expectAliveProgram(program);
    });

    it('when a message would not fit at its receiver [P6]', async () => {
      const program = await openProgram();
      const frame = JSON.stringify({ action: ACTION, ...MESSAGE, forward: program.id, data: '' });
      const data = 'x'.repeat(MAX_FRAME_BYTES - frame.length);
      const answer = await program.client.ask(
        JSON.stringify({ action: ACTION, ...MESSAGE, forward: program.id, data }),
      );
      expect(answer).toBe(
        refused('too-large', 'the message does not fit into one frame at its receiver', 'm1'),
      );
      await expectAliveProgram(program);
    });
  });
});
