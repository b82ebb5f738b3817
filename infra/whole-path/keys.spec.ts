import { createHash } from 'node:crypto';
import { SUBPROTOCOL, type Welcome } from '#protocol';
import { newRoom, type Stage, stageForSuite } from './stage.ts';
import { until } from './until.ts';
import { visitors } from './visitors.ts';

describe('A resume key on its way through the runner', () => {
  const stage = stageForSuite();
  const { open, openProgram, openTerminal, undo } = visitors(stage);

  /** All that the runner's stream tells from now on. */
  async function streamed({ url }: Stage): Promise<() => string> {
    const { host } = new URL(url);
    const ending = new AbortController();
    undo(() => ending.abort());
    const { body } = await fetch(`http://${host}/_local/stream`, { signal: ending.signal });
    if (body === null) throw new Error('the stream has no body');
    let told = '';
    const listen = async () => {
      for await (const part of body.pipeThrough(new TextDecoderStream())) told += part;
    };
    // It ends by being aborted.
    listen().catch(() => undefined);
    return () => told;
  }
  const shown = async ({ url }: Stage, what: string): Promise<string> =>
    (await fetch(`http://${new URL(url).host}/_local/${what}`)).text();

  it("[P9] [P15] is in its owner's welcome alone: not in the stream, a log, or another's frame", async () => {
    const room = newRoom();
    const told = await streamed(stage());
    const others = await openProgram(room);
    const terminal = await openTerminal(room);
    const first = await openProgram(room);
    const { session, resumeKey: key } = first.welcome;
    const second = await open({ room, subprotocols: [SUBPROTOCOL] });
    second.send({ type: 'hello', room, resume: { session, key } });
    const again = JSON.parse(await second.next()) as Welcome;
    expect([again.recovered, again.session, again.resumeKey]).toEqual([true, session, key]);
    // Frames that break the contract, with the key in them: refused, and quoted nowhere.
    second.send({ type: 'hello', room, resume: { session, key: [key] } });
    expect(await second.next()).toContain('"code":"invalid"');
    second.say(JSON.stringify({ action: key }));
    expect(await second.next()).toContain('"code":"unknown-route"');
    others.client.send({ type: 'ping', id: 'p1', known: [] });
    await until('the pong', () => others.client.waiting.some((text) => text.includes('"pong"')));
    await until('the stream to tell of it', () => told().includes(again.connectionId));

    const { runner, logged } = stage();
    const seen = [
      told(),
      await shown(stage(), 'connections'),
      await shown(stage(), 'invocations'),
      ...logged,
      ...others.client.waiting,
      ...terminal.client.waiting,
      JSON.stringify(runner.endpoints),
    ].join('\n');
    expect(seen).toContain('"type":"joined"');
    for (const hop of ['received', 'started', 'called', 'sent']) expect(seen).toContain(`event: ${hop}\n`);
    for (const secret of [key, createHash('sha256').update(key).digest('base64url')]) {
      expect(seen).not.toContain(secret);
    }
  });
});
