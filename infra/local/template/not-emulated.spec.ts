import { run, stopAll } from '../testing/running.ts';
import { notEmulatedLines } from './not-emulated.ts';

const OK = `export const handler = async () => ({ body: 'ok' });`;
const stage = (properties: object): object => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { ApiId: { Ref: 'Api' }, StageName: 'test', AutoDeploy: true, ...properties },
});

describe('What is not emulated', () => {
  afterEach(stopAll);

  it('[F6] are properties of resources that are run, unless neither handlers nor clients can notice them', async () => {
    const { runner } = await run({
      functions: { f: { code: OK } },
      routes: { $default: 'f' },
      resources: {
        Stage: stage({
          AccessLogSettings: { Format: '{{resolve:ssm:/unread}}' },
          Description: 'd',
          Tags: {},
        }),
        NotCalled: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'n', VpcConfig: {} } },
        Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', CorsConfiguration: {} } },
        HttpStage: {
          Type: 'AWS::ApiGatewayV2::Stage',
          Properties: { ApiId: { Ref: 'Http' }, StageName: 'h', AccessLogSettings: {} },
        },
      },
    });
    expect(runner.notEmulated).toEqual([
      { type: 'AWS::ApiGatewayV2::Stage', logicalId: 'Stage', properties: ['AccessLogSettings'] },
    ]);
  });

  it('[F6] are properties inside of others, too', async () => {
    const { runner } = await run({
      functions: { f: { code: OK } },
      routes: { $default: 'f' },
      resources: {
        Stage: stage({
          DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurst: 5 },
          RouteSettings: { $default: { LoggingLevel: 'INFO', ThrottlingRateLimit: 10 } },
          StageVariables: { any: 'name' },
        }),
      },
    });
    expect(runner.notEmulated).toEqual([
      {
        type: 'AWS::ApiGatewayV2::Stage',
        logicalId: 'Stage',
        properties: ['RouteSettings.$default.LoggingLevel', 'DefaultRouteSettings.ThrottlingBurst'],
      },
    ]);
  });

  it('[F6] are properties of what belongs to routes and functions, too, misspelt ones among them', async () => {
    const { runner } = await run({
      functions: { f: { code: OK } },
      routes: { $default: 'f' },
      twoWay: ['$default'],
      resources: {
        Response0: {
          Type: 'AWS::ApiGatewayV2::RouteResponse',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteId: { Ref: 'Route0' },
            RouteResponseKey: '$default',
            ResponseModels: {},
            ResponseParameters: { 'route.response.header.a': { Required: true } },
          },
        },
        Answer: {
          Type: 'AWS::ApiGatewayV2::IntegrationResponse',
          Properties: {
            ApiId: { Ref: 'Api' },
            IntegrationId: { Ref: 'Integrationf' },
            IntegrationResponseKey: '$default',
            ResponseTemplate: 'x',
          },
        },
        ForAll: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Action: 'lambda:InvokeFunction',
            FunctionName: { Ref: 'Functionf' },
            Principal: 'apigateway.amazonaws.com',
            SourceARN: 'arn:aws:execute-api:us-east-1:123456789012:other/*',
          },
        },
        ForStorage: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Action: 'lambda:InvokeFunction',
            FunctionName: { Ref: 'Functionf' },
            Principal: 's3.amazonaws.com',
            SourceAccount: '123456789012',
          },
        },
      },
    });
    expect(runner.notEmulated.map(({ logicalId, properties }) => [logicalId, ...properties])).toEqual(
      jasmine.arrayWithExactContents([
        ['Response0', 'ResponseParameters'],
        ['Answer', 'ResponseTemplate'],
        ['ForAll', 'SourceARN'],
      ]),
    );
  });

  it('[F6] are nothing when all is known', async () => {
    const { runner } = await run({
      functions: { f: { code: OK, environment: { A: 'b' } } },
      routes: { $connect: 'f', $default: 'f' },
      twoWay: ['$default'],
      authorizer: { function: 'f', identitySources: ['route.request.querystring.token'] },
      integrationTimeoutMs: 1000,
      stageVariables: { a: 'b' },
    });
    expect(runner.notEmulated).toEqual([]);
  });

  it('is one line for each type', () => {
    expect(
      notEmulatedLines([
        { type: 'AWS::ApiGatewayV2::Stage', logicalId: 'Dev', properties: ['AccessLogSettings'] },
        { type: 'AWS::Lambda::Function', logicalId: 'F', properties: ['VpcConfig'] },
        { type: 'AWS::ApiGatewayV2::Stage', logicalId: 'Prod', properties: ['AccessLogSettings', 'X'] },
      ]),
    ).toEqual([
      'Not emulated of Stage: AccessLogSettings (Dev, Prod), X (Prod)',
      'Not emulated of Function: VpcConfig (F)',
    ]);
  });
});
