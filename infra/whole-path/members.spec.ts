import { SUBPROTOCOL } from '#protocol';
import { invite, makeRoomKey } from '../../web/src/app/admission/room-key.ts';
import { refusalOf } from './raw-client.ts';
import { stageForSuite } from './stage.ts';
import { visitors } from './visitors.ts';

const HOUR_MS = 3_600_000;

describe('A room for members', () => {
  const stage = stageForSuite();
  const { open } = visitors(stage);
  const { subtle } = crypto;

  it('[P28] is entered by an invitation as the page makes it, of which nothing here is told', async () => {
    const key = await makeRoomKey(subtle);
    const { room } = key;
    const good = await invite(subtle, key, Date.now() + HOUR_MS);
    const ended = await invite(subtle, key, Date.now() - HOUR_MS);
    const offering = (invitation: string) => ({
      room,
      subprotocols: [SUBPROTOCOL, `invite.${invitation}`],
    });
    expect(await refusalOf(stage().url, { room, subprotocols: [SUBPROTOCOL] })).toBe(403);
    expect(await refusalOf(stage().url, offering(ended))).toBe(403);
    const ann = await open(offering(good));
    expect(ann.socket.protocol).toBe(SUBPROTOCOL);
    ann.socket.send(JSON.stringify({ action: 'sendMessageRoute', type: 'hello', room }));
    expect(await ann.next()).toContain('"type":"welcome"');

    const told = await Promise.all(
      ['connections', 'invocations'].map(async (what) => {
        const response = await fetch(new URL(`/_local/${what}`, stage().url.replace(/^ws/, 'http')));
        return response.text();
      }),
    );
    expect(told[1]).toContain('$connect');
    for (const text of [...told, stage().logged.join('\n')]) {
      expect(text).not.toContain(good);
      expect(text).not.toContain(ended);
    }
  });
});
