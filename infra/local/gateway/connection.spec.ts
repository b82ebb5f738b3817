import { randomBytes } from 'node:crypto';
import { run, stopAll } from '../testing/running.ts';

const GOODBYE = `export const handler = async ({ requestContext: { disconnectStatusCode, disconnectReason } }) => {
  console.log('GOODBYE ' + disconnectStatusCode + ' ' + disconnectReason);
  return { statusCode: 200 };
};`;
const FAILING_GOODBYE = `import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
export const handler = async ({ requestContext: { domainName, stage, connectionId } }) => {
  const api = new ApiGatewayManagementApi({ endpoint: 'https://' + domainName + '/' + stage });
  const posted = await api.postToConnection({ ConnectionId: connectionId, Data: 'x' }).catch((error) => error);
  console.log('POSTED ' + posted.name);
  throw new Error('too late');
};`;
const ECHO = `export const handler = async ({ body }) => ({ statusCode: 200, body: body.length + ' bytes' });`;
const app = {
  functions: { goodbye: { code: GOODBYE }, echo: { code: ECHO } },
  routes: { $disconnect: 'goodbye', $default: 'echo' },
  twoWay: ['$default'],
};
const FRAME = 32_768;

describe('a connection', () => {
  afterEach(stopAll);

  it('[Q2] takes a frame of 32,768 bytes', async () => {
    const { connect } = await run(app);
    const client = await connect();
    client.send('x'.repeat(FRAME));
    expect(await client.next()).toBe('32768 bytes');
  });

  it('[Q3] takes a message of several frames up to 128 KB', async () => {
    const { connect } = await run(app);
    const client = await connect();
    for (let part = 0; part < 4; part++) client.socket.send('x'.repeat(FRAME), { fin: part === 3 });
    expect(await client.next()).toBe('131072 bytes');
  });

  it('[Q5] takes a longer frame that is short on the wire, by permessage-deflate', async () => {
    const { connect } = await run(app);
    const client = await connect('', { perMessageDeflate: { threshold: 0 } });
    client.send('x'.repeat(4 * FRAME));
    expect(await client.next()).toBe('131072 bytes');
  });

  it('[Q5] is closed by what deflates to no frame of 32 KB, and by what inflates to more than 128 KB', async () => {
    const { connect } = await run(app);
    const noise = randomBytes(FRAME).toString('base64');
    for (const [text, reason] of [
      [noise + noise, 'Max frame length of 32768 has been exceeded.'],
      ['x'.repeat(4 * FRAME + 1), ''],
    ] as const) {
      const { send, closed } = await connect('', { perMessageDeflate: { threshold: 0 } });
      send(text);
      expect(await closed).toEqual({ code: 1009, reason });
    }
  });

  const closings: readonly [
    says: string,
    act: (socket: import('ws').WebSocket) => void,
    code: number,
    reason: string,
    told: string,
  ][] = [
    [
      '[Q2] with 1009 by a longer frame',
      (socket) => socket.send('x'.repeat(FRAME + 1)),
      1009,
      'Max frame length of 32768 has been exceeded.',
      '1009 Max frame length of 32768 has been exceeded.',
    ],
    [
      '[Q2] with 1009 by a megabyte',
      (socket) => socket.send('x'.repeat(1024 * 1024)),
      1009,
      'Max frame length of 32768 has been exceeded.',
      '1009 Max frame length of 32768 has been exceeded.',
    ],
    [
      '[Q6] [D4] with 1003 by a binary frame',
      (socket) => socket.send(Buffer.from([1, 2, 3])),
      1003,
      '',
      '1003 ',
    ],
    [
      '[Q3] [D4] with 1009 by a message over 128 KB',
      (socket) => {
        for (let part = 0; part < 5; part++) socket.send('x'.repeat(FRAME), { fin: part === 4 });
      },
      1009,
      '',
      '1009 ',
    ],
    [
      '[D4] with 1002 by a frame that is none of WebSocket’s',
      (socket) => socket.send('x', { compress: false, fin: true, mask: false }),
      1002,
      '',
      '1002 ',
    ],
    [
      '[Q12] [D4] with 1007 by text that is not UTF-8',
      (socket) => socket.send(Buffer.from([0xc3, 0x28]), { binary: false }),
      1007,
      '',
      '1007 ',
    ],
    [
      '[D1] by itself, without a code',
      (socket) => socket.close(),
      1005,
      '',
      '1005 Client-side close frame status not set',
    ],
    [
      '[D1] by itself, with a code and a reason',
      (socket) => socket.close(4001, 'done here'),
      4001,
      'done here',
      '4001 done here',
    ],
    ['[D2] by breaking', (socket) => socket.terminate(), 1006, '', '1006 '],
  ];
  for (const [says, act, code, reason, told] of closings) {
    it(`is closed ${says}, and $disconnect is told`, async () => {
      const { connect, logged } = await run(app);
      const { socket, closed } = await connect();
      act(socket);
      expect(await closed).toEqual({ code, reason });
      expect(await logged('GOODBYE ')).toBe(told);
    });
  }

  it('[Q7] [D1] that is idle is closed with 1001 Going away', async () => {
    const { connect, logged } = await run(app, { idleTimeoutMs: 100 });
    const { closed } = await connect();
    expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(await logged('GOODBYE ')).toBe('1001 Going away');
  });

  it('[Q9] [Q10] is kept by messages, and not by pings', async () => {
    const { connect } = await run(app, { idleTimeoutMs: 2000 });
    const [talking, pinging] = [await connect(), await connect()];
    const [talk, ping] = [
      setInterval(() => talking.send('x'), 200),
      setInterval(() => pinging.socket.ping(), 200),
    ];
    expect((await pinging.closed).code).toBe(1001);
    expect(talking.socket.readyState).toBe(talking.socket.OPEN);
    clearInterval(talk);
    clearInterval(ping);
  });

  it('[Q11] is sent no pings, however long it is silent', async () => {
    const { connect } = await run(app, { idleTimeoutMs: 1000 });
    const { socket, closed } = await connect();
    const pings: unknown[] = [];
    socket.on('ping', (data) => pings.push(data));
    await closed;
    expect(pings).toEqual([]);
  });

  it('[D3] has gone when $disconnect is told, whose failure concerns nobody', async () => {
    const { connect, logged } = await run({
      ...app,
      functions: { ...app.functions, goodbye: { code: FAILING_GOODBYE } },
    });
    const [leaving, staying] = [await connect(), await connect()];
    leaving.socket.close();
    expect(await logged('POSTED ')).toBe('GoneException');
    await logged('Error: too late');
    staying.send('x');
    expect(await staying.next()).toBe('1 bytes');
  });

  it('[Q8] ends with 1001 after the longest duration, however busy it is', async () => {
    const { connect } = await run(app, { maxDurationMs: 300 });
    const { send, closed } = await connect();
    const talk = setInterval(() => send('x'), 50);
    expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
    clearInterval(talk);
  });
});
