import { ACTION, SUBPROTOCOL } from '#protocol';
import { assemblyWith } from './broken-assembly.ts';
import { refusalOf } from './raw-client.ts';
import { newRoom, type Stage, stageForSuite, startStage } from './stage.ts';
import { until } from './until.ts';
import { visitors } from './visitors.ts';

/** A fault as a function logs it. */
interface Fault {
  readonly message: string;
  readonly connectionId: string;
  readonly requestId: string;
  readonly error: { readonly name: string };
}

const WHO_AM_I = JSON.stringify({ action: ACTION });
const API_GATEWAY_ID = /^[\w-]{15}=$/;

const whereToLook = (requestId = 'none'): string =>
  `the function failed; its log says why under request ${requestId}`;

describe('A function that fails', () => {
  /** A stage on which the table of one function does not exist. */
  const withoutTable = (file: string) => async (): Promise<Stage> =>
    startStage({ assembly: await assemblyWith(file, { TABLE_NAME: 'no-such-table' }) });

  /** Faults logged so far; waits until there are some. */
  async function faultsOf({ logged }: Stage, atLeast = 1): Promise<Fault[]> {
    const lines = (): string[] => logged.filter((line) => line.includes('"level":"ERROR"'));
    await until('faults to be logged', () => lines().length >= atLeast);
    return lines().map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Fault);
  }

  describe('on a message', () => {
    const stage = stageForSuite(withoutTable('onmessage'));
    const { open, openPage } = visitors(stage);
    beforeEach(() => stage().logged.splice(0));

    it('tells a terminal where to look and no more, and logs once with connection and request [P32] [P40]', async () => {
      const client = await open({ room: newRoom() });
      // Asked twice: a second line about the first would be there before the one about the second.
      const answers = [await client.ask(WHO_AM_I), await client.ask(WHO_AM_I)];
      const faults = await faultsOf(stage(), 2);
      expect(faults.map(({ error }) => error.name)).toEqual(Array(2).fill('ResourceNotFoundException'));
      expect(new Set(faults.map(({ requestId }) => requestId)).size).toBe(2);
      for (const { connectionId } of faults) expect(connectionId).toMatch(API_GATEWAY_ID);
      expect(answers).toEqual(faults.map(({ requestId }) => `ERROR: ${whereToLook(requestId)}`));
    });

    it('tells a program the same in its dialect, and leaves the connection open [P5]', async () => {
      const room = newRoom();
      const client = await open({ room, subprotocols: [SUBPROTOCOL] });
      const answer = await client.ask(JSON.stringify({ action: ACTION, type: 'ping', id: 'p1' }));
      const [fault, ...more] = await faultsOf(stage());
      expect(more).toEqual([]);
      const reason = whereToLook(fault?.requestId);
      expect(answer).toBe(JSON.stringify({ type: 'refused', id: 'p1', code: 'failed', reason }));
      // Another function answers this one, on the same connection.
      expect(await client.ask('{}')).toContain('unknown-route');
      expect((await faultsOf(stage())).length).toBe(1);
    });

    it('makes the page wait and try again, and say what it was told', async () => {
      const page = openPage(newRoom(), 'Ann');
      const why = await until('the page to wait', () => {
        const { phase } = page.client.state;
        return phase.kind === 'waiting' && phase.why;
      });
      page.client.close();
      const [fault] = await faultsOf(stage());
      const reason = whereToLook(fault?.requestId);
      expect(why).toEqual({ kind: 'refused', code: 'failed', reason });
    });
  });

  describe('on a frame without a route', () => {
    const stage = stageForSuite(withoutTable('onerror'));
    const { openTerminal } = visitors(stage);

    it('tells where to look, logs once, and leaves the connection open', async () => {
      const { client, id } = await openTerminal();
      const answer = await client.ask('hello?');
      const faults = await faultsOf(stage());
      expect(faults).toEqual([jasmine.objectContaining({ connectionId: id })]);
      expect(answer).toBe(`ERROR: ${whereToLook(faults[0]?.requestId)}`);
      expect(await client.ask(WHO_AM_I)).toBe(`YOUR ID: ${id}`);
    });
  });

  describe('on a handshake', () => {
    const stage = stageForSuite(withoutTable('onconnect'));

    it('refuses it with 500, and logs once with connection and request [P3]', async () => {
      expect(await refusalOf(stage().url, {})).toBe(500);
      expect(await refusalOf(stage().url, {})).toBe(500);
      const faults = await faultsOf(stage(), 2);
      expect(faults.map(({ error }) => error.name)).toEqual(Array(2).fill('ResourceNotFoundException'));
      expect(new Set(faults.map(({ requestId }) => requestId)).size).toBe(2);
      for (const { connectionId, requestId } of faults) {
        expect([connectionId, requestId]).toEqual(Array(2).fill(jasmine.stringMatching(API_GATEWAY_ID)));
      }
    });
  });

  describe('on a disconnect', () => {
    const stage = stageForSuite(withoutTable('ondisconnect'));
    const { openTerminal } = visitors(stage);

    it('logs once with connection and request; nobody is left to tell', async () => {
      const { client, id } = await openTerminal();
      await client.leave();
      const faults = await faultsOf(stage());
      expect(faults).toEqual([jasmine.objectContaining({ connectionId: id })]);
      expect(faults[0]?.requestId).toMatch(API_GATEWAY_ID);
    });
  });

  describe('to load', () => {
    const stage = stageForSuite(async () =>
      startStage({ assembly: await assemblyWith('onmessage', { BUILD: undefined }) }),
    );
    const { open, openPage } = visitors(stage);

    it("gets API Gateway's own frame to the client, once in the log by its request id [P41]", async () => {
      const client = await open({ room: newRoom() });
      const frame = await client.ask(WHO_AM_I);
      const { connectionId, requestId } = JSON.parse(frame) as { connectionId: string; requestId: string };
      expect(frame).toBe(
        `{"message": "Internal server error", "connectionId":"${connectionId}", "requestId":"${requestId}"}`,
      );
      expect(stage().logged.filter((line) => line.includes(requestId)).length).toBe(1);
      expect(stage().logged.join('\n')).toContain('the environment variable BUILD is not set');
      expect(await client.ask('hello?')).toBe('ERROR: the frame is not JSON');
    });

    it('makes the page wait and try again [P41]', async () => {
      const page = openPage(newRoom(), 'Ann');
      const why = await until('the page to wait', () => {
        const { phase } = page.client.state;
        return phase.kind === 'waiting' && phase.why;
      });
      expect(why).toEqual({ kind: 'trouble', message: 'Internal server error' });
    });
  });
});
