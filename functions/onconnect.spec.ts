import { PLAIN_SUBPROTOCOL, SUBPROTOCOL } from '#protocol';
import { type Handshake, type Stage, startStage } from './testing/stage.ts';

const V1 = { 'Sec-WebSocket-Protocol': [SUBPROTOCOL] };

describe('onconnect', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage({ roomLimit: 2 });
  });
  afterEach(() => stage.close());

  const listed = async (room = 'lobby') =>
    (await stage.registry.listed(room)).map(({ connectionId }) => connectionId);

  it('[P1] admits who offers no subprotocol as plain, with the greeting of old', async () => {
    expect(await stage.connect('A=')).toEqual({ statusCode: 200, body: 'Connected! Hello WebSocket App!' });
    expect((await stage.registry.find('A='))?.dialect).toBe('plain');
  });

  it('[P1] admits as plain who says so by name, and echoes the name alone', async () => {
    const headers = { 'Sec-WebSocket-Protocol': [`bearer.secret, ${PLAIN_SUBPROTOCOL}`] };
    expect(await stage.connect('A=', { headers })).toEqual({
      statusCode: 200,
      body: 'Connected! Hello WebSocket App!',
      headers: { 'Sec-WebSocket-Protocol': PLAIN_SUBPROTOCOL },
    });
    expect((await stage.registry.find('A='))?.dialect).toBe('plain');
  });

  const offers: [string, Record<string, string[]>][] = [
    ['alone', V1],
    ['among others', { 'Sec-WebSocket-Protocol': [`other, ${SUBPROTOCOL}`] }],
    ['in a second header line', { 'Sec-WebSocket-Protocol': ['other', SUBPROTOCOL] }],
    ['in a header in other letters', { 'sec-websocket-protocol': [SUBPROTOCOL] }],
  ];
  for (const [how, headers] of offers) {
    it(`[P1] admits who offers our subprotocol ${how} as v1, and echoes it`, async () => {
      const response = await stage.connect('A=', { headers });
      expect(response.statusCode).toBe(200);
      expect(response.headers).toEqual({ 'Sec-WebSocket-Protocol': SUBPROTOCOL });
      expect((await stage.registry.find('A='))?.dialect).toBe('v1');
    });
  }

  const refused: [string, Handshake][] = [
    ['[P1] only unknown subprotocols', { headers: { 'Sec-WebSocket-Protocol': ['graphql-ws'] } }],
    ['[P2] a bad room', { query: { room: 'no such room' } }],
    ['[P2] an empty room', { query: { room: '' } }],
    ['[P2] a bad name', { query: { name: 'a\nb' } }],
    ['[P2] a long name in v1', { query: { name: 'x'.repeat(65) }, headers: V1 }],
  ];
  for (const [what, handshake] of refused) {
    it(`refuses ${what} with 400, and writes nothing [P3]`, async () => {
      expect((await stage.connect('A=', handshake)).statusCode).toBe(400);
      expect(stage.takeCalls()).toEqual([]);
    });
  }

  it('[P25] refuses pages of other origins with 403, and writes nothing', async () => {
    const headers = { ...V1, Origin: ['https://evil.example'] };
    expect((await stage.connect('A=', { headers })).statusCode).toBe(403);
    expect(stage.takeCalls()).toEqual([]);
  });

  it('[P25] admits pages of an origin that the stack names', async () => {
    const headers = { ...V1, Origin: ['https://page.example'] };
    expect((await stage.connect('A=', { headers })).statusCode).toBe(200);
  });

  it('[P25] admits a page of this machine to what it called this machine', async () => {
    for (const [host, statusCode] of [
      ['127.0.0.1:3001', 200],
      ['api.example', 403],
    ] as const) {
      const headers = { ...V1, Origin: ['http://localhost:4200'], Host: [host] };
      expect((await stage.connect('A=', { headers })).statusCode)
        .withContext(host)
        .toBe(statusCode);
    }
  });

  it('[P2] remembers room and name, and ignores what it does not know', async () => {
    await stage.connect('A=', { query: { room: 'den', name: 'Ann', color: 'red' } });
    expect(await stage.registry.find('A=')).toEqual({
      connectionId: 'A=',
      room: 'den',
      dialect: 'plain',
      name: 'Ann',
      connectedAt: stage.clock.now,
    });
  });

  it('[P20] lists a plain connection at once, and tells the v1 others of the room alone', async () => {
    await stage.join('V=');
    await stage.join('Other=', 'den');
    stage.gateway.posts.length = 0;
    await stage.connect('P=', { query: { name: 'Pat' } });
    expect(await listed()).toEqual(['P=', 'V=']);
    expect<object[]>(stage.takeFrames('V=')).toEqual([
      {
        type: 'joined',
        peer: {
          connectionId: 'P=',
          session: jasmine.stringMatching(/^[\w-]{36}$/),
          name: 'Pat',
          dialect: 'plain',
          connectedAt: stage.clock.now,
        },
      },
    ]);
    expect(stage.gateway.posts).toEqual([]);
  });

  it('[P20] does not list a v1 connection, and tells nobody, before it says hello', async () => {
    await stage.join('V=');
    stage.gateway.posts.length = 0;
    await stage.connect('W=', { headers: V1 });
    expect(await listed()).toEqual(['V=']);
    expect(stage.gateway.posts).toEqual([]);
  });

  it('[P24] refuses a plain connection to a full room with 503, and leaves nothing of it', async () => {
    await stage.join('V=');
    await stage.connect('P=');
    stage.gateway.posts.length = 0;
    expect((await stage.connect('Q=')).statusCode).toBe(503);
    expect(await listed()).toEqual(['P=', 'V=']);
    expect(await stage.registry.find('Q=')).toBeUndefined();
    expect(stage.gateway.posts).toEqual([]);
    expect((await stage.connect('R=', { query: { room: 'den' } })).statusCode).toBe(200);
  });

  it('[P3] refuses with 500 when the function fails, says nothing internal, and logs it', async () => {
    spyOn(stage.registry, 'addListed').and.rejectWith(new Error('the table is on fire'));
    const response = await stage.connect('A=');
    expect(response).toEqual({ statusCode: 500, body: 'Failed to connect' });
    expect(stage.logged.length).toBe(1);
    expect<unknown>(JSON.parse(stage.logged[0] ?? '')).toEqual({
      timestamp: new Date(stage.clock.now).toISOString(),
      level: 'ERROR',
      message: 'the connection was not admitted',
      function: 'test',
      connectionId: 'A=',
      requestId: 'request1',
      error: jasmine.objectContaining({ message: 'the table is on fire' }),
    });
  });

  it('leaves no listed ghost when it fails after it has written', async () => {
    spyOn(stage.registry, 'listed').and.rejectWith(new Error('the table is on fire'));
    expect((await stage.connect('P=')).statusCode).toBe(500);
    expect(await stage.registry.member({ connectionId: 'P=', room: 'lobby' })).toBeUndefined();
    expect(await stage.registry.find('P=')).toBeUndefined();
  });

  it('[P22] admits a connection although a peer could not be told', async () => {
    await stage.join('V=');
    stage.gateway.behave('V=', 'broken');
    expect((await stage.connect('P=')).statusCode).toBe(200);
    expect(await listed()).toEqual(['P=', 'V=']);
    expect(stage.logged).toEqual([jasmine.stringMatching(/"level":"WARN",.*"missed":1.*"V="/)]);
  });
});
