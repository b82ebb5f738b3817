import { SUBPROTOCOL, type Welcome } from '#protocol';
import { createHash } from 'node:crypto';
import { type Stage, startStage } from './testing/stage.ts';

describe('A resume key', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(() => stage.close());

  it('[P9] stands in the welcome of its owner alone: in nobody else’s frames, in no log, whatever fails', async () => {
    const hello = async (connectionId: string, resume?: object): Promise<Welcome> => {
      stage.clock.now += 1_000;
      await stage.connect(connectionId, { headers: { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] } });
      await stage.send(connectionId, { type: 'hello', room: 'lobby', resume });
      const welcome = stage.takeFrames(connectionId).find((frame) => frame.type === 'welcome');
      if (welcome?.type !== 'welcome') throw new Error('no welcome');
      return welcome;
    };
    await hello('Ben=');
    const { session, resumeKey: key } = await hello('A1=');
    const resume = { session, key };
    await hello('A2=', resume);
    // A fault is logged with its error, and an answer that fails with what it failed for.
    const fault = spyOn(stage.sessions, 'move').and.rejectWith(new Error('the table is on fire'));
    await stage.send('A2=', { type: 'hello', room: 'lobby', resume });
    fault.and.callThrough();
    stage.takeTexts('A2=');
    stage.gateway.behave('Ben=', 'broken');
    stage.gateway.behave('A2=', 'broken');
    await stage.send('A2=', { type: 'hello', room: 'lobby', resume }).catch(() => undefined);
    await stage
      .send('A2=', { type: 'hello', room: 'lobby', resume: { session, key: [key] } })
      .catch(() => undefined);
    stage.gateway.behave('Ben=', 'sent');
    await stage.send('Ben=', { type: 'ping', id: 'p1', known: [] });
    await hello('Carl=');
    await stage.disconnect('A2=');

    const texts = [...stage.gateway.posts.map(({ text }) => text), ...stage.logged].join('\n');
    expect(texts).toContain('"type":"pong"');
    expect(texts).toContain('the frame was not handled');
    for (const secret of [key, createHash('sha256').update(key).digest('base64url')]) {
      expect(texts).not.toContain(secret);
    }
  });
});
