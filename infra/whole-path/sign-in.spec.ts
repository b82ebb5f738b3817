import { PLAIN_SUBPROTOCOL, SUBPROTOCOL } from '#protocol';
import { startIssuer, type TestIssuer } from '../../functions/testing/issuer.ts';
import { synthesize } from '../dev/synthesize.ts';
import { PROJECT, SYNTHESIS_MS, temporaryFolder } from './assembly.ts';
import { refusalOf } from './raw-client.ts';
import { newRoom, type Stage, stageForSuite, startStage } from './stage.ts';
import { undoing } from './undoing.ts';
import { visitors } from './visitors.ts';
import { Wscat } from './wscat.ts';

describe('A stack with sign-in', () => {
  let issuer: TestIssuer;
  beforeAll(async () => {
    issuer = await startIssuer();
  });
  afterAll(() => issuer.close());

  const stage = stageForSuite(async (): Promise<Stage> => {
    const assembly = await temporaryFolder('sign-in-');
    await synthesize(PROJECT, assembly, {
      auth: 'jwt',
      jwtIssuer: issuer.url,
      jwtAudience: issuer.audience,
    });
    return startStage({ assembly });
  });
  const { open } = visitors(stage);
  const undo = undoing();
  const offering = (token: string) => ({ subprotocols: [SUBPROTOCOL, `bearer.${token}`] });

  it(
    '[P27] welcomes who brings a good token, echoes the dialect alone, and names people by their tokens',
    async () => {
      const room = newRoom();
      const ann = await open({ room, ...offering(issuer.token({ sub: 'ann' })) });
      const ben = await open({ room, ...offering(issuer.token({ sub: 'ben' })) });
      expect(ann.socket.protocol).toBe(SUBPROTOCOL);
      for (const client of [ann, ben])
        client.socket.send(JSON.stringify({ action: 'sendMessageRoute', type: 'hello', room }));
      const frames: string[] = [];
      while (!frames.some((frame) => frame.includes('"subject":"ben"'))) frames.push(await ann.next());
      expect(frames[0]).toContain('"type":"welcome"');
    },
    SYNTHESIS_MS,
  );

  it('[P27] lets wscat in with a token beside the name of its dialect', async () => {
    const token = issuer.token({ sub: 'tom' });
    const wscat = new Wscat(stage().url, [PLAIN_SUBPROTOCOL, `bearer.${token}`]);
    undo(() => wscat.end());
    await wscat.shows(/^> $/m);
    wscat.type('{"action":"sendMessageRoute", "data":"who am i"}');
    const id = await wscat.shows(/^< YOUR ID: (.+)$/m);
    expect(id).toMatch(/^[\w-]{15}=$/);
  });

  it('[P27] refuses with 401 who offers nothing, with 403 who offers no good token, and logs no token', async () => {
    const { url } = stage();
    expect(await refusalOf(url, {})).toBe(401);
    expect(await refusalOf(url, { subprotocols: [SUBPROTOCOL] })).toBe(403);
    const bad = [
      issuer.forged(),
      issuer.unsigned(),
      issuer.token({ aud: 'other' }),
      issuer.token({ exp: 1 }),
    ];
    for (const token of bad) expect(await refusalOf(url, offering(token))).toBe(403);
    const log = stage().logged.join('\n');
    expect(log).toContain('somebody was not let in');
    for (const token of [...bad, issuer.token()])
      for (const part of token.split('.').filter(Boolean)) expect(log).not.toContain(part);
  });
});
