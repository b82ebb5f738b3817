import { type parseServerFrame, SUBPROTOCOL, type Welcome } from '#protocol';
import { Table } from '../table.ts';
import { type Stage, startStage } from '../testing/stage.ts';

const MINUTE = 60_000;
type Frame = ReturnType<typeof parseServerFrame>;
const V1 = { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] };

describe('hello with resume', () => {
  let stage: Stage;
  let ann: Welcome;

  /** Opens a connection a moment after the last one, as a client does that comes back, and says hello. */
  async function hello(connectionId: string, resume?: object, room = 'lobby'): Promise<Frame[]> {
    stage.clock.now += 1_000;
    await stage.connect(connectionId, { query: { room }, headers: V1 });
    return say(connectionId, resume, room);
  }
  async function say(connectionId: string, resume?: object, room = 'lobby'): Promise<Frame[]> {
    await stage.send(connectionId, { type: 'hello', room, resume });
    return stage.takeFrames(connectionId);
  }
  const welcomeOf = ([frame]: readonly Frame[]): Welcome => {
    if (frame?.type !== 'welcome') throw new Error(`no welcome, but ${JSON.stringify(frame)}`);
    return frame;
  };
  const right = () => ({ session: ann.session, key: ann.resumeKey });
  const listed = async () =>
    (await stage.registry.listed('lobby')).map(({ connectionId, session }) => [connectionId, session]);
  const table = () => new Table(stage.client, 'connections', () => 0);
  const sessionItem = (session: string) => table().get({ pk: `session#${session}`, sk: 'session' });

  beforeEach(async () => {
    stage = await startStage({ roomLimit: 3 });
    await stage.join('Ben=');
    ann = welcomeOf(await hello('A1='));
    stage.gateway.posts.length = 0;
  });
  afterEach(() => stage.close());

  it('[P15] goes on with the session and the key, and the others hear of the new connection', async () => {
    await stage.disconnect('A1=');
    stage.takeFrames('Ben=');
    const again = welcomeOf(await hello('A2=', right()));
    expect(again).toEqual(
      jasmine.objectContaining({
        connectionId: 'A2=',
        session: ann.session,
        resumeKey: ann.resumeKey,
        recovered: true,
      }),
    );
    expect(again.peers.map(({ connectionId }) => connectionId)).toEqual(['Ben=']);
    const { connectedAt, session } = again;
    const peer = { connectionId: 'A2=', session, dialect: 'v1' as const, connectedAt };
    expect(stage.takeFrames('Ben=')).toEqual([{ type: 'joined', peer }]);
  });

  it('[P16] takes the replaced connection out silently, and its late $disconnect says and ends nothing', async () => {
    welcomeOf(await hello('A2=', right()));
    expect((await listed()).map(([id]) => id)).toEqual(['A2=', 'Ben=']);
    await stage.disconnect('A1=');
    expect(stage.takeFrames('Ben=').map(({ type }) => type)).toEqual(['joined']);
    stage.clock.now += 6 * MINUTE;
    expect(welcomeOf(await hello('A3=', right())).recovered).toBeTrue();
  });

  it('[P16] tells of the replaced connection when the newer one has gone before it was announced', async () => {
    stage.gateway.behave('A2=', 'gone');
    await hello('A2=', right());
    const left = stage.takeFrames('Ben=').map((frame) => frame.type === 'left' && frame.connectionId);
    expect(left.sort()).toEqual(['A1=', 'A2=']);
  });

  it('[P16] still delivers to the replaced connection while its socket is open', async () => {
    welcomeOf(await hello('A2=', right()));
    await stage.send('Ben=', {
      type: 'message',
      forward: 'A1=',
      id: 'm',
      stream: 's',
      seq: 0,
      base: 0,
      data: 'x',
    });
    expect(stage.takeFrames('A1=').map(({ type }) => type)).toEqual(['message']);
  });

  it('[P15] may be repeated until the window ends: a drop before welcome does not cost the session', async () => {
    await stage.disconnect('A1=');
    for (const id of ['A2=', 'A3=', 'A4=']) {
      stage.clock.now += 4 * MINUTE;
      stage.gateway.behave(id, 'gone');
      expect<object[]>(await hello(id, right())).toEqual([]);
      await stage.disconnect(id);
    }
    expect(welcomeOf(await hello('A5=', right())).recovered).toBeTrue();
  });

  it('[P15] [P21] survives a 410 that a sender saw before $disconnect ran', async () => {
    stage.gateway.behave('A1=', 'gone');
    await stage.send('Ben=', {
      type: 'message',
      forward: 'A1=',
      id: 'm',
      stream: 's',
      seq: 0,
      base: 0,
      data: 'x',
    });
    stage.clock.now += 4 * MINUTE;
    expect(welcomeOf(await hello('A2=', right())).recovered).toBeTrue();
    await stage.disconnect('A1=');
    stage.clock.now += 6 * MINUTE;
    expect(welcomeOf(await hello('A3=', right())).recovered).toBeTrue();
  });

  const wrong: [string, () => object, string?][] = [
    ['a wrong key', () => ({ session: ann.session, key: 'x'.repeat(43) })],
    ['a session that never was', () => ({ session: 'nobody', key: ann.resumeKey })],
    ['another room', right, 'den'],
  ];
  for (const [what, resume, room] of wrong) {
    it(`[P15] with ${what} gets a session of its own, and changes nothing of that one`, async () => {
      const before = await sessionItem(ann.session);
      const other = welcomeOf(await hello('Eve=', resume(), room));
      expect([other.recovered, other.session === ann.session]).toEqual([false, false]);
      expect(await sessionItem(ann.session)).toEqual(before);
      expect(await listed()).toContain(['A1=', ann.session]);
    });
  }

  it("[P15] with a session's key for another's session gets neither", async () => {
    const carl = welcomeOf(await hello('Carl='));
    await stage.disconnect('Carl=');
    const before = await sessionItem(ann.session);
    const eve = welcomeOf(await hello('Eve=', { session: ann.session, key: carl.resumeKey }));
    expect([eve.recovered, [ann.session, carl.session].includes(eve.session)]).toEqual([false, false]);
    expect(await sessionItem(ann.session)).toEqual(before);
  });

  it('[P15] gets a new session when the five minutes are over', async () => {
    await stage.disconnect('A1=');
    stage.clock.now += 5 * MINUTE + 1_000;
    const late = welcomeOf(await hello('A2=', right()));
    expect([late.recovered, late.session === ann.session]).toEqual([false, false]);
  });

  it('[P16] is refused by an older connection, which lists nobody and takes nothing away', async () => {
    await stage.connect('A2=', { headers: V1 });
    welcomeOf(await hello('A3=', right()));
    const before = await sessionItem(ann.session);
    expect(await say('A2=', right())).toEqual([
      jasmine.objectContaining({ type: 'refused', code: 'not-member' }),
    ]);
    expect((await listed()).map(([id]) => id)).toEqual(['A3=', 'Ben=']);
    expect(await sessionItem(ann.session)).toEqual(before);
  });

  it('[P16] ends with one connection listed when two resume at once', async () => {
    for (const id of ['A2=', 'A3=']) {
      stage.clock.now += 1_000;
      await stage.connect(id, { headers: V1 });
    }
    await Promise.all([say('A2=', right()), say('A3=', right())]);
    expect((await listed()).map(([id]) => id)).toEqual(['A3=', 'Ben=']);
  });

  it('[P24] counts no connection that it replaces', async () => {
    welcomeOf(await hello('Carl='));
    expect(welcomeOf(await hello('A2=', right())).recovered).toBeTrue();
  });

  it('[P24] refused by a full room keeps the session for another try', async () => {
    await stage.disconnect('A1=');
    welcomeOf(await hello('Carl='));
    welcomeOf(await hello('Dora='));
    expect(await hello('A2=', right())).toEqual([jasmine.objectContaining({ code: 'room-full' })]);
    await stage.disconnect('Dora=');
    stage.clock.now += 4 * MINUTE;
    expect(welcomeOf(await hello('A3=', right())).recovered).toBeTrue();
  });

  describe('repeated on its connection', () => {
    it('[P7] is welcomed again to the same session, and the others are told again', async () => {
      const again = welcomeOf(await say('A1=', right()));
      expect(again).toEqual({ ...ann, recovered: true });
      expect(stage.takeFrames('Ben=').map(({ type }) => type)).toEqual(['joined']);
    });

    it('[P7] without the key it gets another one, and both work', async () => {
      const again = welcomeOf(await say('A1='));
      expect({ ...again, resumeKey: ann.resumeKey }).toEqual(ann);
      expect(again.resumeKey).not.toBe(ann.resumeKey);
      await stage.disconnect('A1=');
      expect(welcomeOf(await hello('A2=', right())).recovered).toBeTrue();
      const { session, resumeKey: key } = again;
      expect(welcomeOf(await hello('A3=', { session, key })).recovered).toBeTrue();
    });

    for (const step of ['enlist', 'listed'] as const) {
      it(`[P7] goes on when it failed at ${step}`, async () => {
        await stage.connect('New=', { headers: V1 });
        const fault = spyOn(stage.registry, step).and.rejectWith(new Error('the table is on fire'));
        expect(await say('New=')).toEqual([jasmine.objectContaining({ type: 'refused', code: 'failed' })]);
        fault.and.callThrough();
        expect(welcomeOf(await say('New=')).recovered).toBeFalse();
        expect(stage.takeFrames('Ben=').map(({ type }) => type)).toEqual(['joined']);
      });
    }

    for (const step of ['grant', 'move'] as const) {
      it(`[P7] goes on when it failed at ${step}, and keeps the session that it asked for`, async () => {
        const resume = step === 'move' ? right() : undefined;
        stage.clock.now += 1_000;
        await stage.connect('New=', { headers: V1 });
        const fault = spyOn(stage.sessions, step).and.rejectWith(new Error('the table is on fire'));
        expect(await say('New=', resume)).toEqual([jasmine.objectContaining({ code: 'failed' })]);
        fault.and.callThrough();
        expect(welcomeOf(await say('New=', resume)).recovered).toBe(step === 'move');
      });
    }
  });
});
