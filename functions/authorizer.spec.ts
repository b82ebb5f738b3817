import { PLAIN_SUBPROTOCOL, SUBPROTOCOL } from '#protocol';
import { createLog } from './log.ts';
import { createSignIn } from './sign-in.ts';
import { AUTHORIZER_REQUEST } from './testing/events-of-aws.ts';
import { startIssuer, type TestIssuer } from './testing/issuer.ts';
import { type Stage, startStage } from './testing/stage.ts';

// It reads its environment while it loads, as functions do.
Object.assign(process.env, { JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'hello-websocket' });
const { authorizer } = await import('./authorizer.ts');

const METHOD_ARN = AUTHORIZER_REQUEST.methodArn;

describe('authorizer', () => {
  let issuer: TestIssuer;
  let logged: string[];
  beforeEach(async () => {
    issuer = await startIssuer();
    logged = [];
  });
  afterEach(() => issuer.close());

  function setup() {
    const route = authorizer({
      signIn: createSignIn({ issuer: issuer.url, audience: issuer.audience }),
      log: createLog('test', (line) => logged.push(line)),
    });
    return (offered: string) =>
      route({
        ...AUTHORIZER_REQUEST,
        multiValueHeaders: {
          ...AUTHORIZER_REQUEST.multiValueHeaders,
          'Sec-WebSocket-Protocol': [offered],
        },
      });
  }
  const verdict = (effect: string) => ({
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: METHOD_ARN }],
  });

  it('[A7] [P27] refuses a page that asks as AWS has it and brings no token', async () => {
    const log = createLog('test', (line) => logged.push(line));
    const signIn = createSignIn({ issuer: issuer.url, audience: issuer.audience });
    const { policyDocument } = await authorizer({ signIn, log })(AUTHORIZER_REQUEST);
    expect(policyDocument).toEqual(verdict('Deny'));
  });

  it('[P27] lets in who brings a good token, and says whose it is', async () => {
    const ask = setup();
    expect<object>(await ask(`${SUBPROTOCOL}, bearer.${issuer.token()}`)).toEqual({
      principalId: 'ann',
      policyDocument: verdict('Allow'),
      context: { subject: 'ann' },
    });
    expect(logged).toEqual([]);
  });

  it('[P27] asks the issuer for its keys once', async () => {
    const ask = setup();
    for (const sub of ['ann', 'ben', 'ann'])
      expect((await ask(`bearer.${issuer.token({ sub })}`)).context).toEqual({ subject: sub });
    expect(issuer.state.asked).toBe(1);
  });

  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  it('[P27] forgives a clock that differs by 5 seconds, and no more', async () => {
    const ask = setup();
    for (const claims of [{ exp: inSeconds(-1) }, { nbf: inSeconds(4) }])
      expect((await ask(`bearer.${issuer.token(claims)}`)).policyDocument).toEqual(verdict('Allow'));
    for (const claims of [{ exp: inSeconds(-7) }, { nbf: inSeconds(30) }])
      expect((await ask(`bearer.${issuer.token(claims)}`)).policyDocument).toEqual(verdict('Deny'));
  });

  const bad: readonly [string, () => string][] = [
    ['none', () => ''],
    ['one that is no JWT', () => 'secret'],
    ['one that has expired', () => issuer.token({ exp: inSeconds(-60) })],
    ['one of another issuer', () => issuer.token({ iss: 'https://other.example' })],
    ['one for another audience', () => issuer.token({ aud: 'other' })],
    ['one with another signature', () => issuer.forged()],
    ['one without a signature', () => issuer.unsigned()],
    ['one signed with the public key as a secret', () => issuer.confused()],
    ['one whose subject is no text', () => issuer.token({ sub: 7 })],
    ['one whose subject is too long', () => issuer.token({ sub: 'x'.repeat(129) })],
    ['one whose subject has quotes in it', () => issuer.token({ sub: '"' })],
  ];
  for (const [what, tokenOf] of bad) {
    it(`[P27] refuses a token: ${what}; and no part of it stands in the log`, async () => {
      const token = tokenOf();
      const { policyDocument, context } = await setup()(`${SUBPROTOCOL}, bearer.${token}`);
      expect(policyDocument).toEqual(verdict('Deny'));
      expect(context).toBeUndefined();
      expect(logged.length).toBe(1);
      for (const part of token.split('.').filter(Boolean)) expect(logged[0]).not.toContain(part);
    });
  }

  it('[P27] refuses who brings no token at all', async () => {
    expect((await setup()(SUBPROTOCOL)).policyDocument).toEqual(verdict('Deny'));
    expect(logged[0]).toContain('no token');
  });

  it('fails when the issuer does not tell its keys, and says nothing of the token', async () => {
    issuer.state.ill = true;
    const token = issuer.token();
    const error: unknown = await setup()(`bearer.${token}`).catch((one: unknown) => one);
    expect(String(error)).toContain('503');
    expect(String(error)).not.toContain(token);
  });
});

describe('a subject', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(() => stage.close());

  const headers = { 'Sec-WebSocket-Protocol': [`${SUBPROTOCOL}, bearer.x`] };
  async function join(id: string, subject: string, resume?: object) {
    expect((await stage.connect(id, { headers, subject })).headers).toEqual({
      'Sec-WebSocket-Protocol': SUBPROTOCOL,
    });
    await stage.send(id, { type: 'hello', room: 'lobby', ...(resume && { resume }) });
    const welcome = stage.takeFrames(id).find((frame) => frame.type === 'welcome');
    if (welcome === undefined) throw new Error('not welcomed');
    return welcome;
  }

  it('[P10] [P27] stands on every peer and message, whatever the client says', async () => {
    await join('A=', 'ann');
    const { peers } = await join('B=', 'ben');
    expect(peers).toEqual([jasmine.objectContaining({ connectionId: 'A=', subject: 'ann' })]);
    const message = { type: 'message', id: 'm', stream: 's', seq: 0, base: 0, data: 'x', subject: 'eve' };
    await stage.send('B=', { ...message, forward: 'A=' });
    expect<object[]>(stage.takeFrames('A=')).toEqual([
      jasmine.objectContaining({ type: 'joined', peer: jasmine.objectContaining({ subject: 'ben' }) }),
      jasmine.objectContaining({ type: 'message', subject: 'ben' }),
    ]);
  });

  it('[P27] [P33] stands on what a terminal says, too', async () => {
    await join('A=', 'ann');
    const headers = { 'Sec-WebSocket-Protocol': [`${PLAIN_SUBPROTOCOL}, bearer.x`] };
    await stage.connect('T=', { headers, subject: 'tom' });
    await stage.send('T=', { forward: 'A=', data: 'hi' });
    expect<object[]>(stage.takeFrames('A=')).toEqual([
      jasmine.objectContaining({ type: 'joined', peer: jasmine.objectContaining({ subject: 'tom' }) }),
      jasmine.objectContaining({ type: 'message', subject: 'tom', data: 'hi' }),
    ]);
  });

  it('[P27] resumes its own sessions and no others, with the right key too', async () => {
    const { session, resumeKey: key } = await join('A=', 'ann');
    stage.clock.now += 1000;
    expect((await join('E=', 'eve', { session, key })).recovered).toBeFalse();
    expect((await join('A2=', 'ann', { session, key })).recovered).toBeTrue();
  });
});
