import './testing/environment.ts';
import { onConnect } from './onconnect.ts';
import { onDisconnect } from './ondisconnect.ts';
import { onError } from './onerror.ts';
import { onMessage } from './onmessage.ts';
import {
  DISCONNECT,
  LOWER_CASE_CONNECT,
  messageEvent,
  PAGE_CONNECT,
  SIGNED_IN_CONNECT,
  TERMINAL_CONNECT,
} from './testing/events-of-aws.ts';
import { type Stage, startStage } from './testing/stage.ts';

const ID = TERMINAL_CONNECT.requestContext.connectionId;

describe('events as AWS sends them', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage();
    stage.clock.now = TERMINAL_CONNECT.requestContext.requestTimeEpoch;
  });
  afterEach(() => stage.close());

  it('[E3] [E6] [E14] let a terminal without query and user agent connect', async () => {
    expect((await onConnect(stage)(TERMINAL_CONNECT)).statusCode).toBe(200);
    expect(await stage.registry.find(ID)).toEqual({
      connectionId: ID,
      room: 'lobby',
      dialect: 'plain',
      connectedAt: TERMINAL_CONNECT.requestContext.connectedAt,
    });
  });

  for (const [spelling, event] of Object.entries({ PAGE_CONNECT, LOWER_CASE_CONNECT })) {
    it(`[E3] [E6] let a page connect, by the last room that it names (${spelling})`, async () => {
      const response = await onConnect(stage)(event);
      expect(response.statusCode).toBe(200);
      expect(response.headers).toEqual({ 'Sec-WebSocket-Protocol': 'hello-websocket.v1' });
      expect(await stage.registry.find(ID)).toEqual(
        jasmine.objectContaining({ room: 'den', dialect: 'v1', name: 'Ann' }),
      );
    });

    it(`[P25] tell of the page's origin (${spelling})`, async () => {
      const elsewhere = { ...stage, doors: { origins: [], terminals: true } };
      expect((await onConnect(elsewhere)(event)).statusCode).toBe(403);
    });
  }

  it('[A6] tell who has signed in', async () => {
    expect((await onConnect(stage)(SIGNED_IN_CONNECT)).statusCode).toBe(200);
    expect((await stage.registry.find(ID))?.subject).toBe('ann');
  });

  it('[E1] are enough to answer a frame by', async () => {
    await onConnect(stage)(TERMINAL_CONNECT);
    const event = messageEvent('sendMessageRoute', '{"action":"sendMessageRoute","data":"who am i"}');
    expect((await onMessage(stage)(event)).statusCode).toBe(200);
    expect(stage.takeTexts(ID)).toEqual([`YOUR ID: ${ID}`]);
  });

  it('[E1] [E18] are enough to answer a frame by that no route took', async () => {
    await onConnect(stage)(TERMINAL_CONNECT);
    expect((await onError(stage)(messageEvent('$default', '__ping__'))).statusCode).toBe(200);
    expect(stage.takeTexts(ID)).toEqual(['ERROR: the frame is not JSON']);
  });

  it('[E5] [E17] are enough to let a connection leave', async () => {
    await onConnect(stage)(TERMINAL_CONNECT);
    expect((await onDisconnect(stage)(DISCONNECT)).statusCode).toBe(200);
    expect(await stage.registry.find(ID)).toBeUndefined();
    expect(await stage.registry.listed('lobby')).toEqual([]);
  });
});
