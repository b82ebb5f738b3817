import { MAX_FRAME_BYTES, SUBPROTOCOL } from '#protocol';
import { type Stage, startStage } from './testing/stage.ts';

const MINUTE = 60_000;
const V1 = { headers: { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] } };

describe('onmessage', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage({ roomLimit: 4 });
  });
  afterEach(() => stage.close());

  describe('plain', () => {
    beforeEach(async () => {
      await stage.connect('C51DherHNjMCI3Q=');
      await stage.connect('C50a8cvrtjMCI7w=');
    });

    for (const forward of [{}, { forward: null }, { forward: '' }]) {
      it(`[P30] answers ${JSON.stringify(forward)} with the connectionId, byte for byte`, async () => {
        await stage.send('C51DherHNjMCI3Q=', { data: 'who am i', ...forward });
        expect(stage.gateway.posts).toEqual([
          { connectionId: 'C51DherHNjMCI3Q=', text: 'YOUR ID: C51DherHNjMCI3Q=' },
        ]);
      });
    }

    it('[P31] forwards text both ways, byte for byte, and the sender hears nothing', async () => {
      await stage.send('C51DherHNjMCI3Q=', { data: 'Hello wscat2!', forward: 'C50a8cvrtjMCI7w=' });
      await stage.send('C50a8cvrtjMCI7w=', { data: 'Hello wscat1!', forward: 'C51DherHNjMCI3Q=' });
      expect(stage.gateway.posts).toEqual([
        { connectionId: 'C50a8cvrtjMCI7w=', text: 'Hello wscat2!' },
        { connectionId: 'C51DherHNjMCI3Q=', text: 'Hello wscat1!' },
      ]);
    });

    it('[P31] forwards what is no text as its JSON', async () => {
      await stage.send('C51DherHNjMCI3Q=', { data: { n: [1, null] }, forward: 'C50a8cvrtjMCI7w=' });
      expect(stage.takeTexts('C50a8cvrtjMCI7w=')).toEqual(['{"n":[1,null]}']);
    });

    const bad: [string, object, string][] = [
      [
        'never existed',
        { data: 'x', forward: 'C50a8cvrtjMCI7v=' },
        'no connection has that id, or it has closed',
      ],
      ['is malformed', { data: 'x', forward: 'nonsense' }, 'no connection has that id, or it has closed'],
      ['can be none', { data: 'x', forward: 'a b' }, 'forward must be a connectionId'],
      ['is no text', { data: 'x', forward: 7 }, 'forward must be a connectionId'],
      ['gets no data', { forward: 'x' }, 'data is missing: it must be the message to forward'],
    ];
    for (const [what, frame, sentence] of bad) {
      it(`[P32] answers one line when forward ${what}`, async () => {
        await stage.send('C51DherHNjMCI3Q=', frame);
        expect(stage.gateway.posts).toEqual([
          { connectionId: 'C51DherHNjMCI3Q=', text: `ERROR: ${sentence}` },
        ]);
      });
    }

    it('[P30] tells who has no row its id, and [P23] forwards nothing of it', async () => {
      await stage.send('Lost=', { data: 'who am i' });
      await stage.send('Lost=', { data: 'x', forward: 'C50a8cvrtjMCI7w=' });
      expect(stage.takeTexts('Lost=')).toEqual([
        'YOUR ID: Lost=',
        'ERROR: this connection is not listed in a room, or no more: open a new one',
      ]);
      expect(stage.gateway.posts).toEqual([]);
    });
  });

  describe('who sends too much [P26]', () => {
    let fenced: Stage;
    beforeEach(async () => {
      fenced = await startStage({ frameRate: { rate: 1, burst: 3 } });
      await fenced.connect('Pat=');
      await fenced.join('Ann=');
      fenced.gateway.posts.length = 0;
    });
    afterEach(() => fenced.close());

    it('is told so, in v1 with the id of the frame, and nothing of it is forwarded', async () => {
      const message = { type: 'message', forward: 'Pat=', stream: 's', base: 0, data: 'x' };
      // The hello was the first of three.
      for (const seq of [0, 1, 2]) await fenced.send('Ann=', { ...message, id: `m${seq}`, seq });
      expect(fenced.takeTexts('Pat=')).toEqual(['x', 'x']);
      expect<object[]>(fenced.takeFrames('Ann=')).toEqual([
        { type: 'refused', id: 'm2', code: 'throttled', reason: 'this connection sends too many frames' },
      ]);
      fenced.clock.now += 1000;
      await fenced.send('Ann=', { ...message, id: 'm2', seq: 2 });
      expect(fenced.takeTexts('Pat=')).toEqual(['x']);
    });

    it('is told so in plain in one line', async () => {
      for (let frame = 0; frame < 4; frame++) await fenced.send('Pat=', { data: 'who am i' });
      expect(fenced.takeTexts('Pat=').at(-1)).toBe('ERROR: this connection sends too many frames');
    });
  });

  describe('hello', () => {
    it('[P7] [P9] is welcomed with the others, and they are told; no key is in what they get', async () => {
      await stage.connect('Pat=', { query: { name: 'Pat' } });
      await stage.join('Ann=', 'lobby', 'Ann');
      stage.gateway.posts.length = 0;
      await stage.join('Bob=');
      const [welcome, ...more] = stage.takeFrames('Bob=');
      if (welcome?.type !== 'welcome') throw new Error('no welcome');
      expect(more).toEqual([]);
      const { connectedAt, session, resumeKey, peers, ...rest } = welcome;
      expect(rest).toEqual({
        type: 'welcome',
        connectionId: 'Bob=',
        room: 'lobby',
        recovered: false,
        page: 1,
        pages: 1,
        build: '0.1.0',
      });
      expect<readonly object[]>(peers).toEqual([
        { connectionId: 'Ann=', session: jasmine.any(String), name: 'Ann', dialect: 'v1', connectedAt },
        { connectionId: 'Pat=', session: jasmine.any(String), name: 'Pat', dialect: 'plain', connectedAt },
      ]);
      const peer = { connectionId: 'Bob=', session, dialect: 'v1' as const, connectedAt };
      expect(stage.takeTexts('Ann=')).toEqual([JSON.stringify({ type: 'joined', peer })]);
      expect(stage.gateway.posts).toEqual([]);
      expect(resumeKey).toMatch(/^[\w-]{43}$/);
    });

    it('[P20] shows one of two that join at once to the other, whichever comes first', async () => {
      await Promise.all([stage.join('Ann='), stage.join('Bob=')]);
      const knows = (connectionId: string, other: string) =>
        stage.takeFrames(connectionId).some((frame) => {
          if (frame.type === 'joined') return frame.peer.connectionId === other;
          return frame.type === 'welcome' && frame.peers.some((peer) => peer.connectionId === other);
        });
      expect([knows('Ann=', 'Bob='), knows('Bob=', 'Ann=')]).toEqual([true, true]);
    });

    it('[P7] is refused for another room, and may then name the right one', async () => {
      await stage.connect('Ann=', V1);
      await stage.send('Ann=', { type: 'hello', room: 'den' });
      await stage.send('Ann=', { type: 'hello', room: 'lobby' });
      const [first, second, ...more] = stage.takeFrames('Ann=');
      expect<unknown>(first).toEqual({
        type: 'refused',
        code: 'invalid',
        reason: 'room must be the room of the connection',
      });
      expect(second?.type).toBe('welcome');
      expect(more).toEqual([]);
    });

    it('[P24] is refused by a full room, and the others do not hear of it', async () => {
      for (const id of ['A=', 'B=', 'C=', 'D=']) await stage.join(id);
      stage.gateway.posts.length = 0;
      await stage.join('E=');
      expect(stage.takeFrames('E=')).toEqual([
        { type: 'refused', code: 'room-full', reason: 'the room is full: it lists at most 4 connections' },
      ]);
      expect(stage.gateway.posts).toEqual([]);
      expect((await stage.registry.listed('lobby')).length).toBe(4);
      await stage.disconnect('E=');
      expect(stage.gateway.posts).toEqual([]);
    });

    it('[P24] gives the last place to one of those who come at once, a terminal among them', async () => {
      for (const id of ['A=', 'B=', 'C=']) await stage.join(id);
      await stage.connect('D=', V1);
      await stage.connect('E=', V1);
      const hello = { type: 'hello', room: 'lobby' };
      await Promise.all([stage.connect('P='), stage.send('D=', hello), stage.send('E=', hello)]);
      const listed = (await stage.registry.listed('lobby')).map(({ connectionId }) => connectionId);
      expect(listed.length).toBe(4);
      expect(listed.slice(0, 3)).toEqual(['A=', 'B=', 'C=']);
    });

    it('[P23] is refused when the row is gone, or the lease has ended', async () => {
      await stage.connect('Ann=', V1);
      stage.clock.now += 12 * MINUTE;
      await stage.send('Ann=', { type: 'hello', room: 'lobby' });
      await stage.send('Who=', { type: 'hello', room: 'lobby' });
      for (const id of ['Ann=', 'Who=']) {
        expect<object[]>(stage.takeFrames(id)).toEqual([
          jasmine.objectContaining({ type: 'refused', code: 'not-member' }),
        ]);
      }
    });

    it('announces nobody who has gone before the welcome', async () => {
      await stage.join('Ann=');
      stage.gateway.behave('Bob=', 'gone');
      stage.gateway.posts.length = 0;
      await stage.join('Bob=');
      expect(stage.takeFrames('Ann=')).toEqual([{ type: 'left', connectionId: 'Bob=' }]);
    });
  });

  describe('message', () => {
    const message = {
      type: 'message',
      forward: 'Bob=',
      id: 'm1',
      stream: 's1',
      seq: 3,
      base: 1,
      data: 'Hello 蛸',
    };
    let session: string;

    beforeEach(async () => {
      await stage.join('Ann=');
      await stage.join('Bob=');
      await stage.connect('Pat=');
      const [welcome] = stage.takeFrames('Ann=');
      session = welcome?.type === 'welcome' ? welcome.session : '';
      stage.gateway.posts.length = 0;
    });

    it('[P10] [P11] [P12] arrives once, with what the server says of its sender', async () => {
      await stage.send('Ann=', { ...message, from: 'Eve=', session: 'eve', sentAt: 1 });
      const { type, id, stream, seq, base, data } = message;
      const sentAt = stage.clock.now;
      expect(stage.gateway.posts).toEqual([
        {
          connectionId: 'Bob=',
          text: JSON.stringify({ type, from: 'Ann=', session, id, stream, seq, base, data, sentAt }),
        },
      ]);
    });

    it('costs one SDK call on the warm path: the post', async () => {
      await stage.send('Ann=', message);
      await stage.send('Pat=', { data: 'x', forward: 'Bob=' });
      stage.takeCalls();
      await stage.send('Ann=', message);
      expect(stage.takeCalls()).toEqual(['gateway.PostToConnection']);
      await stage.send('Ann=', { ...message, forward: 'Pat=' });
      expect(stage.takeCalls()).toEqual(['gateway.PostToConnection']);
      await stage.send('Pat=', { data: 'x', forward: 'Bob=' });
      expect(stage.takeCalls()).toEqual(['gateway.PostToConnection']);
    });

    it('[P33] arrives at a plain peer as text', async () => {
      await stage.send('Ann=', { ...message, forward: 'Pat=' });
      expect(stage.gateway.posts).toEqual([{ connectionId: 'Pat=', text: 'Hello 蛸' }]);
    });

    it('[P33] from a plain peer has an id, a session and no stream', async () => {
      await stage.send('Pat=', { data: 'Hello', forward: 'Bob=' });
      expect<object[]>(stage.takeFrames('Bob=')).toEqual([
        {
          type: 'message',
          from: 'Pat=',
          session: jasmine.stringMatching(/^[\w-]{36}$/),
          id: jasmine.stringMatching(/^[\w-]{36}$/),
          data: 'Hello',
          sentAt: stage.clock.now,
        },
      ]);
    });

    for (const [behaviour, code] of [
      ['gone', 'gone'],
      ['malformed', 'gone'],
      ['too-large', 'too-large'],
      ['throttled', 'throttled'],
    ] as const) {
      it(`[P40] is refused with ${code} when API Gateway answers ${behaviour}`, async () => {
        stage.gateway.behave('Bob=', behaviour);
        await stage.send('Ann=', message);
        expect<object | undefined>(stage.takeFrames('Ann=').at(-1)).toEqual({
          type: 'refused',
          id: 'm1',
          code,
          reason: jasmine.any(String),
        });
      });
    }

    it('[P21] takes out a peer that has gone: one leaves, the others hear of it once', async () => {
      await stage.join('Carl=');
      stage.gateway.posts.length = 0;
      stage.gateway.behave('Bob=', 'gone');
      await Promise.all([
        stage.send('Ann=', message),
        stage.send('Carl=', message),
        stage.disconnect('Bob='),
      ]);
      for (const id of ['Ann=', 'Carl=']) {
        const types = stage.takeFrames(id).map(({ type }) => type);
        expect(types.sort()).toEqual(['left', 'refused']);
      }
      expect(await stage.registry.find('Bob=')).toBeUndefined();
    });

    it('asks API Gateway no second time for a peer that it has found gone', async () => {
      stage.gateway.behave('Bob=', 'gone');
      await stage.send('Ann=', message);
      stage.takeFrames('Ann=');
      stage.takeCalls();
      await stage.send('Ann=', message);
      expect<object[]>(stage.takeFrames('Ann=')).toEqual([jasmine.objectContaining({ code: 'gone' })]);
      // The one post is the refusal.
      expect(stage.takeCalls()).toEqual(['dynamodb.GetItem', 'gateway.PostToConnection']);
    });

    it('[P21] does not take out one that is still connecting', async () => {
      await stage.connect('Young=', V1);
      stage.gateway.behave('Young=', 'gone');
      await stage.send('Ann=', { ...message, forward: 'Young=' });
      expect<object[]>(stage.takeFrames('Ann=')).toEqual([jasmine.objectContaining({ code: 'gone' })]);
      stage.gateway.behave('Young=', 'sent');
      await stage.send('Young=', { type: 'hello', room: 'lobby' });
      expect(stage.takeFrames('Young=').map(({ type }) => type)).toEqual(['welcome']);
    });

    it('[P21] does not take out a plain connection whose handshake is still under way', async () => {
      stage.gateway.behave('Pat=', 'gone');
      await stage.send('Ann=', { ...message, forward: 'Pat=' });
      expect<object[]>(stage.takeFrames('Ann=')).toEqual([jasmine.objectContaining({ code: 'gone' })]);
      expect(await stage.registry.find('Pat=')).toBeDefined();
    });

    it('[P6] is refused when it does not fit a frame at its receiver', async () => {
      const data = 'x'.repeat(MAX_FRAME_BYTES - 100);
      await stage.send('Ann=', { ...message, data });
      expect<object[]>(stage.takeFrames('Ann=')).toEqual([
        jasmine.objectContaining({ code: 'too-large', id: 'm1' }),
      ]);
      expect(stage.gateway.posts).toEqual([]);
    });

    it('[P7] is refused before hello, and [P23] after the lease has ended, warm or not', async () => {
      await stage.connect('New=', V1);
      await stage.send('New=', message);
      await stage.send('Ann=', message);
      stage.clock.now += 12 * MINUTE;
      await stage.send('Ann=', message);
      for (const id of ['New=', 'Ann=']) {
        expect<object[]>(stage.takeFrames(id)).toEqual([
          jasmine.objectContaining({ type: 'refused', code: 'not-member', id: 'm1' }),
        ]);
      }
      expect(stage.takeFrames('Bob=').length).toBe(1);
    });

    it('[P23] of a connection without a row is refused in v1', async () => {
      await stage.send('Who=', message);
      expect<object[]>(stage.takeFrames('Who=')).toEqual([
        jasmine.objectContaining({ type: 'refused', code: 'not-member', id: 'm1' }),
      ]);
    });

    for (const [frame, reason, id] of [
      [{}, /^type must be/],
      [{ type: 'sing' }, /^type must be/],
      [{ ...message, forward: null }, /^forward must be/, 'm1'],
      [{ ...message, seq: 'x' }, /^seq must be/, 'm1'],
      [{ ...message, base: 4 }, /^base must/, 'm1'],
    ] as const) {
      it(`[P5] breaking the contract is refused, and names the field: ${String(reason)}`, async () => {
        await stage.send('Ann=', frame);
        expect<object[]>(stage.takeFrames('Ann=')).toEqual([
          {
            type: 'refused',
            code: 'invalid',
            reason: jasmine.stringMatching(reason),
            ...(id !== undefined && { id }),
          },
        ]);
      });
    }

    it('[P40] tells of a fault by its request alone, in the dialect of the sender, and logs it once', async () => {
      spyOn(stage.directory, 'member').and.rejectWith(new Error('the table is on fire'));
      await stage.send('Ann=', message);
      await stage.send('Pat=', { data: 'x', forward: 'Bob=' });
      const reason = jasmine.stringMatching(
        /^the function failed; its log says why under request request\d+$/,
      );
      expect<object[]>(stage.takeFrames('Ann=')).toEqual([
        { type: 'refused', id: 'm1', code: 'failed', reason },
      ]);
      expect(stage.takeTexts('Pat=')).toEqual([jasmine.stringMatching(/^ERROR: the function failed/)]);
      expect(stage.logged.length).toBe(2);
      expect(stage.logged.join()).not.toContain('Hello 蛸');
    });

    it('takes a gateway that forbids to post for a fault, and fails so that API Gateway answers', async () => {
      stage.gateway.behave('Ann=', 'forbidden');
      stage.gateway.behave('Bob=', 'forbidden');
      await expectAsync(stage.send('Ann=', message)).toBeRejectedWithError(/^the answer was not delivered/);
      expect(stage.logged.length).toBe(1);
    });
  });

  describe('receipt', () => {
    const receipt = { type: 'receipt', forward: 'Bob=', ids: ['m1', 'm2'] };

    beforeEach(async () => {
      await stage.join('Ann=');
      await stage.join('Bob=');
      await stage.connect('Pat=');
      stage.gateway.posts.length = 0;
    });

    it('[P14] [P10] arrives at a v1 peer with the name of its sender, who hears nothing', async () => {
      await stage.send('Ann=', { ...receipt, from: 'Eve=', session: 'eve' });
      const session = (await stage.registry.member({ connectionId: 'Ann=', room: 'lobby' }))?.session;
      const frame = { type: 'receipt', from: 'Ann=', session, ids: ['m1', 'm2'] };
      expect(stage.gateway.posts).toEqual([{ connectionId: 'Bob=', text: JSON.stringify(frame) }]);
    });

    for (const forward of ['Pat=', 'Nobody=']) {
      it(`[P14] is not forwarded to ${forward}, and nothing is answered`, async () => {
        await stage.send('Ann=', { ...receipt, forward });
        expect(stage.gateway.posts).toEqual([]);
      });
    }

    it('[P7] is refused before hello', async () => {
      await stage.connect('New=', V1);
      await stage.send('New=', receipt);
      expect<object[]>(stage.takeFrames('New=')).toEqual([jasmine.objectContaining({ code: 'not-member' })]);
    });
  });

  describe('ping', () => {
    it('[P13] renews the lease, and names everyone who is listed, the sender too', async () => {
      await stage.join('Ann=');
      await stage.connect('Pat=');
      stage.clock.now += 9 * MINUTE;
      await stage.send('Ann=', { type: 'ping', id: 'p1' });
      stage.clock.now += 9 * MINUTE;
      await stage.join('Bob=');
      stage.takeFrames('Ann=');
      await stage.send('Ann=', { type: 'ping', id: 'p2' });
      expect(stage.takeFrames('Ann=')).toEqual([
        { type: 'pong', id: 'p2', listed: ['Ann=', 'Bob=', 'Pat='] },
      ]);
    });

    it('[P13] describes whom the sender does not know, but neither itself nor who is not listed', async () => {
      await stage.join('Ann=');
      await stage.join('Bob=', 'lobby', 'Bob');
      await stage.connect('Pat=');
      await stage.connect('New=', V1);
      stage.takeFrames('Ann=');
      await stage.send('Ann=', { type: 'ping', id: 'p1', known: ['Pat=', 'Gone='] });
      expect<object[]>(stage.takeFrames('Ann=')).toEqual([
        {
          type: 'pong',
          id: 'p1',
          listed: ['Ann=', 'Bob=', 'Pat='],
          peers: [
            {
              connectionId: 'Bob=',
              session: jasmine.any(String),
              name: 'Bob',
              dialect: 'v1',
              connectedAt: stage.clock.now,
            },
          ],
        },
      ]);
    });

    it('[P13] keeps the warm path warm beyond the first lease', async () => {
      await stage.join('Ann=');
      await stage.connect('Pat=');
      const message = { type: 'message', forward: 'Pat=', id: 'm', stream: 's', seq: 0, base: 0, data: 'x' };
      await stage.send('Ann=', message);
      stage.clock.now += 9 * MINUTE;
      await stage.send('Ann=', { type: 'ping', id: 'p1' });
      stage.clock.now += 9 * MINUTE;
      stage.takeCalls();
      await stage.send('Ann=', message);
      expect(stage.takeCalls()).toEqual(['gateway.PostToConnection']);
    });

    it('[P13] leaves out whose lease has ended, and [P23] refuses them', async () => {
      await stage.join('Ann=');
      stage.clock.now += 6 * MINUTE;
      await stage.join('Bob=');
      stage.clock.now += 6 * MINUTE;
      stage.gateway.posts.length = 0;
      await stage.send('Bob=', { type: 'ping', id: 'p1' });
      await stage.send('Ann=', { type: 'ping', id: 'p2' });
      expect(stage.takeFrames('Bob=')).toEqual([{ type: 'pong', id: 'p1', listed: ['Bob='] }]);
      expect<object[]>(stage.takeFrames('Ann=')).toEqual([
        jasmine.objectContaining({ type: 'refused', code: 'not-member', id: 'p2' }),
      ]);
    });

    it('[P7] is refused before hello', async () => {
      await stage.connect('New=', V1);
      await stage.send('New=', { type: 'ping', id: 'p1' });
      expect<object[]>(stage.takeFrames('New=')).toEqual([
        jasmine.objectContaining({ type: 'refused', code: 'not-member', id: 'p1' }),
      ]);
    });
  });
});
