import { App } from 'aws-cdk-lib';
import { readSettings, SettingError } from './settings.ts';

const given = (context: Record<string, unknown> = {}) => readSettings(new App({ context }));

describe('the settings of a deployment', () => {
  it('are those of the article when nothing is said', () => {
    expect(given()).toEqual(
      jasmine.objectContaining({
        stage: 'dev',
        stackName: 'hello-websocket',
        roomLimit: 200,
        apiLogs: false,
      }),
    );
  });

  it('take numbers and switches as the command line gives them', () => {
    expect(given({ roomLimit: '50', tracing: 'true', rateLimit: 100 })).toEqual(
      jasmine.objectContaining({
        roomLimit: 50,
        tracing: true,
        throttle: { rateLimit: 100, burstLimit: 2500 },
      }),
    );
  });

  it('let in the origins that are named, and terminals unless they are not', () => {
    expect(given()).toEqual(jasmine.objectContaining({ origins: [], terminals: true }));
    expect(given({ origins: 'https://a.example,http://localhost:4200', terminals: 'false' })).toEqual(
      jasmine.objectContaining({ origins: ['https://a.example', 'http://localhost:4200'], terminals: false }),
    );
  });

  it('let everyone in without signing in, unless they name who tells people apart', () => {
    expect(given().auth).toBeUndefined();
    const named = { auth: 'jwt', jwtIssuer: 'https://issuer.example', jwtAudience: 'chat' };
    expect(given(named).auth).toEqual({ issuer: 'https://issuer.example', audience: 'chat' });
    expect(given({ ...named, jwtKeys: 'https://issuer.example/keys' }).auth).toEqual(
      jasmine.objectContaining({ keys: 'https://issuer.example/keys' }),
    );
  });

  it('name a deployment after its stage, unless it is named', () => {
    expect(given({ stage: 'prod' }).stackName).toBe('hello-websocket-prod');
    expect(given({ stage: 'prod', stackName: 'chat' }).stackName).toBe('chat');
  });

  const refused: readonly [Record<string, unknown>, string][] = [
    [{ stage: 'test' }, '-c stage must be dev or prod, not test'],
    [{ roomLimit: '0' }, '-c roomLimit must be a whole number from 1 on, not 0'],
    [{ roomLimit: 'many' }, '-c roomLimit must be a whole number from 1 on, not many'],
    [{ tracing: 'yes' }, '-c tracing must be false or true, not yes'],
    [{ domain: 'chat.example.com' }, '-c domain and -c certificateArn are only of use together'],
    [{ certificateArn: 'arn' }, '-c domain and -c certificateArn are only of use together'],
    [
      { origins: 'https://a.example,b.example' },
      '-c origins must be origins like https://chat.example.com, with commas between, not b.example',
    ],
    [{ auth: 'basic' }, '-c auth must be none or jwt, not basic'],
    [{ auth: 'jwt' }, '-c auth=jwt needs -c jwtIssuer=https://… and -c jwtAudience=…'],
    [
      { auth: 'jwt', jwtIssuer: 'http://issuer.example', jwtAudience: 'chat' },
      '-c jwtIssuer must begin with https://, not http://issuer.example',
    ],
    [{ alarmEmail: {} }, '-c alarmEmail must be a text'],
  ];
  for (const [context, message] of refused) {
    it(`refuse ${JSON.stringify(context)} in words`, () => {
      expect(() => given(context)).toThrowError(message);
    });
  }

  it("are refused when there is none of that name, but for what is CDK's own", () => {
    expect(() => given({ roomlimit: '5' })).toThrowError(
      SettingError,
      /^-c roomlimit is no setting; .*roomLimit/,
    );
    expect(() => given({ 'cli-telemetry': false, '@aws-cdk/core:x': true, 'aws:cdk:y': [] })).not.toThrow();
  });
});
