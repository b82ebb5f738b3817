import type { TestApp } from '../../testing/assembly.ts';
import { run, type Running, stopAll } from '../../testing/running.ts';

const ACT = `export const handler = async ({ body }) => {
  if (body === 'fail') throw new Error('no');
  return { statusCode: 200, body };
};`;
const app: TestApp = {
  functions: { act: { code: ACT } },
  routes: { $connect: 'act', $default: 'act', $disconnect: 'act' },
  twoWay: ['$default'],
};

describe('/_local', () => {
  afterEach(stopAll);

  const ask = (running: Running, path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${running.runner.port}/_local/${path}`, init);
  const read = async (running: Running, path: string): Promise<unknown> => (await ask(running, path)).json();

  it('[X11] lists the connections that are open', async () => {
    const running = await run(app);
    const [first, second] = [await running.connect(), await running.connect()];
    const one = {
      connectionId: jasmine.stringMatching(/^.{15}=$/),
      stage: 'test',
      connectedAt: jasmine.any(Number),
    };
    expect(await read(running, 'connections')).toEqual([one, one]);
    const reader = await watch(running);
    first.socket.close(4000);
    await reader.until('event: closed');
    expect(await read(running, 'connections')).toEqual([one]);
    expect(second.socket.readyState).toBe(second.socket.OPEN);
  });

  it('[X11] lists what was called and how it went, without a word of what was said', async () => {
    const running = await run(app);
    const client = await running.connect();
    for (const text of ['secret-0', 'fail']) {
      client.send(text);
      await client.next();
    }
    const id = jasmine.stringMatching(/^.{15}=$/);
    const number = jasmine.any(Number);
    const call = { function: 'act', requestId: id, connectionId: id, at: number, ms: number };
    const text = await (await ask(running, 'invocations')).text();
    expect(JSON.parse(text)).toEqual([
      { ...call, route: '$connect', outcome: 'answered' },
      { ...call, route: '$default', outcome: 'answered' },
      { ...call, route: '$default', outcome: 'failed' },
    ]);
    expect(text).not.toContain('secret-0');
  });

  it('[X11] keeps the last 200 calls', async () => {
    const running = await run(app);
    const client = await running.connect();
    for (let sent = 0; sent < 200; sent++) {
      client.send('x');
      await client.next();
    }
    const routes = ((await read(running, 'invocations')) as { route: string }[]).map(({ route }) => route);
    expect(routes).toEqual(Array<string>(200).fill('$default'));
  });

  it('[X11] tells both as they happen', async () => {
    const running = await run(app);
    const reader = await watch(running);
    const client = await running.connect();
    const opened = await reader.until('event: opened');
    expect(opened).toMatch(/event: invocation\ndata: \{"function":"act",.*"route":"\$connect",/);
    client.send('secret-1');
    expect(await reader.until('"route":"$default"')).not.toContain('secret-1');
    client.socket.close(4001);
    expect(await reader.until('event: closed')).toMatch(/data: \{"connectionId":".{15}=","code":4001\}/);
  });

  for (const path of ['connections', 'invocations', 'stream', 'faults']) {
    it(`[X10] answers a web site that asks for ${path} with 403`, async () => {
      const running = await run(app);
      expect((await ask(running, path, { headers: { origin: 'http://attacker.example' } })).status).toBe(403);
    });
  }

  it('answers 404 to what it has not', async () => {
    const running = await run(app);
    expect((await ask(running, 'keys')).status).toBe(404);
    expect((await ask(running, 'connections', { method: 'POST' })).status).toBe(404);
  });

  async function watch(running: Running): Promise<{ until: (marker: string) => Promise<string> }> {
    const response = await ask(running, 'stream');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let told = '';
    return {
      async until(marker) {
        while (!(told.includes(marker) && told.endsWith('\n\n'))) {
          const { value, done = true } = (await reader?.read()) ?? {};
          if (done) throw new Error(`the stream ended before ${marker}`);
          told += value ?? '';
        }
        return told;
      },
    };
  }
});
