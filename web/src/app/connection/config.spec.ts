import { readConfig } from './config.ts';

const answering =
  (body: string, status = 200) =>
  () =>
    Promise.resolve(new Response(body, { status }));
const read = (fetch: typeof globalThis.fetch) => readConfig(fetch, 'config.json');

describe('readConfig', () => {
  it('reads the WebSocket URL', async () => {
    const webSocketUrl = 'wss://abc.execute-api.eu-west-1.amazonaws.com/dev';
    await expectAsync(read(answering(JSON.stringify({ webSocketUrl, more: 1 })))).toBeResolvedTo({
      webSocketUrl,
      limits: {},
    });
  });

  it("reads limits that are not API Gateway's", async () => {
    const limits = { maxDurationMs: 20_000, idleTimeoutMs: 5000, resumeWindowMs: 3000 };
    const { limits: read } = await readConfig(
      answering(JSON.stringify({ webSocketUrl: 'ws://localhost:1', ...limits })),
      'config.json',
    );
    expect(read).toEqual(limits);
  });

  it('reads where a local runner shows what it does', async () => {
    const body = { webSocketUrl: 'ws://localhost:1', local: '_local/' };
    expect((await readConfig(answering(JSON.stringify(body)), 'config.json')).local).toBe('_local/');
  });

  it('[P27] reads that people have to sign in', async () => {
    const body = { webSocketUrl: 'ws://localhost:1', auth: 'jwt' };
    expect((await readConfig(answering(JSON.stringify(body)), 'config.json')).auth).toBe('jwt');
  });

  const bad: readonly [string, typeof globalThis.fetch, string][] = [
    ['nobody answers', () => Promise.reject(new TypeError('x')), 'config.json could not be fetched.'],
    ['there is none', answering('', 404), 'config.json was answered with status 404.'],
    ['it is a page', answering('<!doctype html>'), 'config.json is not JSON.'],
    ['it is null', answering('null'), 'config.json has no webSocketUrl.'],
    ['it has another shape', answering('{"webSocketUrl":1}'), 'config.json has no webSocketUrl.'],
    [
      'a limit is none',
      answering('{"webSocketUrl":"ws://localhost:1","maxDurationMs":0}'),
      'In config.json, maxDurationMs is no time in milliseconds.',
    ],
    [
      'people sign in as nobody here knows',
      answering('{"webSocketUrl":"ws://localhost:1","auth":"saml"}'),
      'In config.json, auth is no way to sign in.',
    ],
    [
      'the local runner is elsewhere',
      answering('{"webSocketUrl":"ws://localhost:1","local":"https://example.com/"}'),
      'In config.json, local is no path of a folder.',
    ],
    [
      'the local runner is at another host',
      answering('{"webSocketUrl":"ws://localhost:1","local":"//example.com/"}'),
      'In config.json, local is no path of a folder.',
    ],
    [
      'the URL is none',
      answering('{"webSocketUrl":"x"}'),
      'In config.json, webSocketUrl is no ws: or wss: URL.',
    ],
    [
      'the URL is of another kind',
      answering('{"webSocketUrl":"https://localhost"}'),
      'In config.json, webSocketUrl is no ws: or wss: URL.',
    ],
  ];
  for (const [when, fetch, sentence] of bad) {
    it(`says in a sentence when ${when}`, async () => {
      await expectAsync(read(fetch)).toBeRejectedWithError(sentence);
    });
  }
});
