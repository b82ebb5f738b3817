import type { TestApp } from '../testing/assembly.ts';
import { run, stopAll } from '../testing/running.ts';

const ECHO = `export const handler = async (event) => {
  console.log('RAN ' + event.requestContext.routeKey);
  return { statusCode: 200, body: event.body, ...event.type && POLICY(event.methodArn) };
};
const POLICY = (Resource) => ({ body: undefined, statusCode: undefined, principalId: 'a',
  policyDocument: { Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource }] } });`;
const API = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}';
const permission = (sourceArn: string | undefined, more: object = {}) => ({
  Permissionecho: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['Functionecho', 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
      ...(sourceArn !== undefined && { SourceArn: { 'Fn::Sub': sourceArn } }),
      ...more,
    },
  },
});
const app = (
  resources: TestApp['resources'] = {},
  routes: TestApp['routes'] = { $default: 'echo' },
): TestApp => ({
  functions: { echo: { code: ECHO } },
  routes,
  twoWay: ['$default'],
  resources,
});
const NONE = { Permissionecho: { Type: 'AWS::CDK::Metadata' } };
const FAILED = /^\{"message": "Internal server error", /;

describe('a permission', () => {
  afterEach(stopAll);

  it('[R23] that is missing keeps a message from its function, and is told at the start', async () => {
    const { connect, log } = await run(app(NONE));
    const client = await connect();
    client.send('x');
    expect(await client.next()).toMatch(FAILED);
    expect(log.filter((line) => line.includes('RAN'))).toEqual([]);
    expect(log.filter((line) => line.startsWith('WARNING'))).toEqual([
      jasmine.stringMatching(
        /^WARNING Route0 \(\$default\) may not call echo \(Integrationecho\) and will fail: no AWS::Lambda::Permission for apigateway\.amazonaws\.com covers arn:aws:execute-api:[^:]+:\d+:\w+\/test\/\$default$/,
      ),
    ]);
  });

  it('[R23] that is missing for $connect refuses the handshake with 500', async () => {
    const { connect, log } = await run(app(NONE, { $connect: 'echo' }));
    await expectAsync(connect()).toBeRejectedWithError('Unexpected server response: 500');
    expect(log.filter((line) => line.includes('RAN'))).toEqual([]);
  });

  const covering: readonly [says: string, resources: TestApp['resources']][] = [
    ['of every stage of the route, as CDK writes it', permission(`${API}/*$default`)],
    ['of one stage', permission(`${API}/test/$default`)],
    ['of everything in the API', permission(`${API}/*/*`)],
    ['of whatever asks', permission(undefined)],
    ['by the function’s name', permission(`${API}/*`, { FunctionName: 'echo' })],
    [
      'by the end of the function’s ARN',
      permission(`${API}/*`, { FunctionName: '123456789012:function:echo' }),
    ],
    ['of every action', permission(`${API}/*`, { Action: 'lambda:*' })],
  ];
  for (const [says, resources] of covering) {
    it(`[R23] ${says} lets the function be called`, async () => {
      const { connect, log } = await run(app(resources));
      const client = await connect();
      client.send('x');
      expect(await client.next()).toBe('x');
      expect(log.join('\n')).not.toContain('WARNING');
    });
  }

  const lacking: readonly [says: string, resources: TestApp['resources']][] = [
    ['of another route', permission(`${API}/*$connect`)],
    ['of another stage', permission(`${API}/prod/$default`)],
    ['of another API', permission('arn:aws:execute-api:us-east-1:123456789012:other/*')],
    ['for another service', permission(`${API}/*`, { Principal: 's3.amazonaws.com' })],
    ['of another action', permission(`${API}/*`, { Action: 'lambda:GetFunction' })],
    ['for another function', permission(`${API}/*`, { FunctionName: 'echo2' })],
    ['for another account', permission(`${API}/*`, { SourceAccount: '210987654321' })],
  ];
  for (const [says, resources] of lacking) {
    it(`[R23] ${says} does not`, async () => {
      const { connect } = await run(app(resources));
      const client = await connect();
      client.send('x');
      expect(await client.next()).toMatch(FAILED);
    });
  }

  for (const [end, works] of [
    ['authorizers/${Authorizer}', true],
    ['authorizers/other', false],
  ] as const) {
    it(`[R23] for ${end} ${works ? 'lets' : 'does not let'} the authorizer be asked`, async () => {
      const { connect, log } = await run({
        ...app(permission(`${API}/${end}`), { $connect: 'other' }),
        functions: { echo: { code: ECHO }, other: { code: ECHO } },
        authorizer: { function: 'echo', identitySources: [] },
      });
      if (works) await expectAsync(connect()).toBeResolved();
      else await expectAsync(connect()).toBeRejectedWithError('Unexpected server response: 500');
      expect(log.some((line) => line.startsWith('WARNING Authorizer may not call echo (Authorizer)'))).toBe(
        !works,
      );
    });
  }

  it('[R23] is not needed by an integration that has a role of its own', async () => {
    const { connect } = await run(
      app({
        ...NONE,
        Integrationecho: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: { Ref: 'Api' },
            IntegrationType: 'AWS_PROXY',
            CredentialsArn: 'arn:aws:iam::123456789012:role/caller',
            IntegrationUri: {
              'Fn::Sub':
                'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Functionecho.Arn}/invocations',
            },
          },
        },
      }),
    );
    const client = await connect();
    client.send('x');
    expect(await client.next()).toBe('x');
  });
});
