import { SUBPROTOCOL } from '#protocol';
import { type Stage, startStage } from './testing/stage.ts';

describe('ondisconnect', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage();
    await stage.join('Ann=');
  });
  afterEach(() => stage.close());

  const GOOD_BYE = { statusCode: 200, body: 'Disconnected! Good-bye WebSocket App!' };
  const LEFT = { type: 'left', connectionId: 'Bob=' } as const;

  it('[P21] removes the registration and tells the v1 others once', async () => {
    await stage.join('Bob=');
    await stage.connect('Pat=');
    stage.gateway.posts.length = 0;
    expect(await stage.disconnect('Bob=')).toEqual(GOOD_BYE);
    expect(await stage.disconnect('Bob=')).toEqual(GOOD_BYE);
    expect(stage.gateway.posts).toEqual([{ connectionId: 'Ann=', text: JSON.stringify(LEFT) }]);
    expect((await stage.registry.listed('lobby')).map(({ connectionId }) => connectionId)).toEqual([
      'Ann=',
      'Pat=',
    ]);
    expect(await stage.registry.find('Bob=')).toBeUndefined();
  });

  it('[P21] tells of a plain connection too', async () => {
    await stage.connect('Bob=');
    stage.takeFrames('Ann=');
    await stage.disconnect('Bob=');
    expect(stage.takeFrames('Ann=')).toEqual([LEFT]);
  });

  it('[P21] says nothing of one that was never listed', async () => {
    await stage.connect('Bob=', { headers: { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] } });
    stage.gateway.posts.length = 0;
    await stage.disconnect('Bob=');
    expect(stage.gateway.posts).toEqual([]);
    expect(await stage.registry.find('Bob=')).toBeUndefined();
    expect(await stage.registry.remove({ connectionId: 'Bob=', room: 'lobby' })).toBeUndefined();
  });

  it('has nothing to do for a connection that the registry does not know', async () => {
    stage.gateway.posts.length = 0;
    expect(await stage.disconnect('nobody=')).toEqual(GOOD_BYE);
    expect(stage.gateway.posts).toEqual([]);
  });

  it('[P21] takes out who is found gone while being told, and tells the rest of both', async () => {
    for (const id of ['Bob=', 'Carl=', 'Dora=']) await stage.join(id);
    stage.gateway.behave('Carl=', 'gone');
    stage.gateway.behave('Dora=', 'gone');
    stage.gateway.posts.length = 0;
    await stage.disconnect('Bob=');
    const left = stage
      .takeFrames('Ann=')
      .map((frame) => (frame.type === 'left' ? frame.connectionId : frame));
    expect(left.sort()).toEqual(['Bob=', 'Carl=', 'Dora=']);
    expect((await stage.registry.listed('lobby')).map(({ connectionId }) => connectionId)).toEqual(['Ann=']);
  });

  it('lets the session end in five minutes', async () => {
    await stage.join('Bob=');
    const [welcome] = stage.takeFrames('Bob=');
    if (welcome?.type !== 'welcome') throw new Error('no welcome');
    const lapse = spyOn(stage.sessions, 'lapse').and.callThrough();
    await stage.disconnect('Bob=');
    expect(lapse).toHaveBeenCalledOnceWith(welcome.session, 'Bob=');
  });

  it('answers 500, says nothing internal and logs once when it fails', async () => {
    spyOn(stage.registry, 'find').and.rejectWith(new Error('the table is on fire'));
    expect(await stage.disconnect('Ann=')).toEqual({ statusCode: 500, body: 'Failed to disconnect' });
    expect(stage.logged.length).toBe(1);
  });
});
