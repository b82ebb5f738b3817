import { once } from 'node:events';
import { WebSocket } from 'ws';
import { run, stopAll } from '../testing/running.ts';

const WHO = `export const handler = async (event, { functionVersion, invokedFunctionArn }) => ({
  body: JSON.stringify([functionVersion, process.env.AWS_LAMBDA_FUNCTION_VERSION, invokedFunctionArn]) });`;
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Functionf' } } };
const alias = (properties: object = {}) => ({
  Type: 'AWS::Lambda::Alias',
  Properties: {
    FunctionName: { 'Fn::GetAtt': ['Functionf', 'Arn'] },
    FunctionVersion: { 'Fn::GetAtt': ['V', 'Version'] },
    Name: 'live',
    ...properties,
  },
});
const permissionFor = (functionName: unknown) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: functionName,
    Principal: 'apigateway.amazonaws.com',
  },
});
/** An API whose one route, or whose authorizer, calls `called`, with the permission to call `permitted`. */
const appOf = (called: string, permitted: unknown = { Ref: called }, resources: object = {}) => ({
  functions: { f: { code: WHO } },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  resources: {
    V: version,
    L: alias(),
    Permissionf: permissionFor(permitted),
    Integrationf: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: {
          'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${called}}/invocations`,
        },
      },
    },
    ...resources,
  },
});

describe('an integration with an alias or a version of a function', () => {
  afterEach(stopAll);

  for (const [says, called, expected] of [
    ['an alias', 'L', ['1', '1', `${ARN}:live`]],
    ['a version', 'V', ['1', '1', `${ARN}:1`]],
    ['the version of an alias, by its ARN', 'V.FunctionArn', ['1', '1', `${ARN}:1`]],
    ['the function itself', 'Functionf.Arn', ['$LATEST', '$LATEST', ARN]],
  ] as const) {
    it(`[L21] calls the function behind ${says}, which reads of it in its context`, async () => {
      const { connect, log, runner } = await run(appOf(called, { 'Fn::Sub': `\${${called}}` }));
      const { send, next } = await connect();
      send('x');
      expect(JSON.parse(await next())).toEqual([...expected]);
      expect(log.join('\n')).not.toContain('WARNING');
      expect([runner.ignored, runner.notEmulated]).toEqual([[], []]);
    });
  }

  it('[L21] calls $LATEST when the alias points there', async () => {
    const { connect } = await run(
      appOf('L', { Ref: 'L' }, { L: alias({ FunctionVersion: '$LATEST', Name: 'dev' }) }),
    );
    const { send, next } = await connect();
    send('x');
    expect(JSON.parse(await next())).toEqual(['$LATEST', '$LATEST', `${ARN}:dev`]);
  });

  for (const [says, permitted, works] of [
    ['for the alias by name', 'f:live', true],
    ['for the alias by the end of its ARN', '123456789012:function:f:live', true],
    ['for the function alone', { Ref: 'Functionf' }, false],
    ['for the version behind it', { Ref: 'V' }, false],
  ] as const) {
    it(`[L21] [R23] a permission ${says} ${works ? 'lets' : 'does not let'} an alias be called`, async () => {
      const { connect, log } = await run(appOf('L', permitted));
      const { send, next } = await connect();
      send('x');
      if (works) expect(await next()).toContain('live');
      else expect(await next()).toMatch(/^\{"message": "Internal server error"/);
      expect(log.some((line) => line.startsWith('WARNING Route0 ($default) may not call f:live '))).toBe(
        !works,
      );
    });
  }

  it('[L21] [R23] a permission for an alias does not let the function be called', async () => {
    const { connect } = await run(appOf('Functionf.Arn', { Ref: 'L' }));
    const { send, next } = await connect();
    send('x');
    expect(await next()).toMatch(/^\{"message": "Internal server error"/);
  });

  it('[L21] that the template does not have is an error at start that names it', async () => {
    const uri = {
      'Fn::Sub': 'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Functionf.Arn}:prod/invocations',
    };
    const app = appOf('L');
    app.resources.Integrationf.Properties.IntegrationUri = uri;
    await expectAsync(run(app)).toBeRejectedWithError(
      `Integrationf: no function of the template has the ARN ${ARN}:prod`,
    );
  });

  it('[L21] [F6] names the weights of an alias, which always calls its version', async () => {
    const weights = { AdditionalVersionWeights: [{ FunctionVersion: '2', FunctionWeight: 0.5 }] };
    const { runner } = await run(
      appOf('L', { Ref: 'L' }, { L: alias({ RoutingConfig: weights, ProvisionedConcurrencyConfig: {} }) }),
    );
    expect(runner.notEmulated).toEqual([
      { type: 'AWS::Lambda::Alias', logicalId: 'L', properties: ['RoutingConfig'] },
    ]);
  });

  const STAGE = (StageName: string, alias: string) => ({
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName, AutoDeploy: true, StageVariables: { name: 'f', alias } },
  });
  const BY_STAGE = {
    'Fn::Sub':
      'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/' +
      'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${!stageVariables.name}:${!stageVariables.alias}/invocations',
  };

  it('[R29] that a stage variable names calls another in each stage, each with its own permission', async () => {
    const app = appOf('L', { Ref: 'L' }, { Stage: STAGE('test', 'live'), Beta: STAGE('beta', '1') });
    app.resources.Integrationf.Properties.IntegrationUri = BY_STAGE;
    const { connect, log, runner } = await run(app);
    const { send, next } = await connect();
    send('x');
    expect(JSON.parse(await next())).toEqual(['1', '1', `${ARN}:live`]);
    const beta = new WebSocket(runner.endpoints[1]?.webSocketUrl ?? '');
    await once(beta, 'open');
    beta.send('x');
    expect(String((await once(beta, 'message'))[0])).toMatch(/^\{"message": "Internal server error"/);
    beta.terminate();
    expect(log.filter((line) => line.startsWith('WARNING'))).toEqual([
      jasmine.stringContaining('Route0 ($default) may not call f:1 (Integrationf)'),
    ]);
  });

  it('[R29] that a stage variable names and no stage has is an error at start', async () => {
    const app = appOf('L');
    app.resources.Integrationf.Properties.IntegrationUri = BY_STAGE;
    await expectAsync(run(app)).toBeRejectedWithError(
      'Integrationf: no function of the template has the ARN arn:aws:lambda:us-east-1:123456789012:function::',
    );
  });
});
