import { parseTemplate } from '../assembly.ts';
import { Stack } from '../stack.ts';

const SAM = 'AWS::Serverless-2016-10-31';
const stackOf = (resources: object, globals: object = {}): Stack =>
  new Stack(parseTemplate('shop', { Transform: SAM, Globals: globals, Resources: resources }));
const sam = (kind: string, properties: object = {}, attributes: object = {}): object => ({
  Type: `AWS::Serverless::${kind}`,
  Properties: properties,
  ...attributes,
});
const api = (properties: object = {}, attributes: object = {}): object =>
  sam(
    'WebSocketApi',
    {
      RouteSelectionExpression: '$request.body.action',
      Routes: { $connect: { FunctionArn: 'f' } },
      ...properties,
    },
    attributes,
  );
const all = (stack: Stack): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set(stack.types())].flatMap((type) =>
      stack
        .resources(type)
        .map(({ logicalId, properties }) => [
          logicalId,
          Object.fromEntries(properties.names().map((name) => [name, properties.raw(name)])),
        ]),
    ),
  );
const ref = (stack: Stack, reference: object): unknown =>
  new Stack({ ...stack.template, outputs: { It: { Value: reference } } }).output('It');

describe('AWS::Serverless', () => {
  it('[F8] Function is a function of Lambda with Globals under it, and a role', () => {
    const stack = stackOf(
      {
        F: sam('Function', {
          CodeUri: 'src/',
          Handler: 'app.handler',
          Architectures: ['arm64'],
          Layers: ['own'],
          Environment: { Variables: { B: 'own', C: 'c' } },
          Policies: ['AmazonDynamoDBFullAccess'],
        }),
      },
      {
        Function: {
          Runtime: 'nodejs24.x',
          Timeout: 5,
          Architectures: ['x86_64'],
          Layers: ['global'],
          Environment: { Variables: { A: 'a', B: 'global' } },
        },
      },
    );
    expect(all(stack)).toEqual({
      F: {
        Runtime: 'nodejs24.x',
        Timeout: 5,
        Handler: 'app.handler',
        Architectures: ['arm64'],
        Layers: ['global', 'own'],
        Environment: { Variables: { A: 'a', B: 'own', C: 'c' } },
        Code: 'src/',
        Role: jasmine.any(String),
      },
      FRole: { Policies: ['AmazonDynamoDBFullAccess'] },
    });
  });

  it('[F8] Function takes over what stands in Globals in the place of an intrinsic function, and not its parts', () => {
    const stack = stackOf(
      { F: sam('Function', { Environment: { Ref: 'AWS::NoValue' } }) },
      { Function: { Environment: { Variables: { A: 'a' } } } },
    );
    expect(stack.resources('AWS::Lambda::Function')[0]?.properties.has('Environment')).toBeFalse();
  });

  for (const [says, properties, code] of [
    ['inline', { InlineCode: 'x' }, { ZipFile: 'x' }],
    ['in S3', { CodeUri: { Bucket: 'b', Key: 'k', Version: '1' } }, { S3Bucket: 'b', S3Key: 'k' }],
    ['beside the template', {}, '.'],
    ['in a folder that a parameter names', { CodeUri: { Ref: 'AWS::Region' } }, 'us-east-1'],
    ['in an image', { ImageUri: 'i' }, { ImageUri: 'i' }],
  ] as const) {
    it(`[F8] Function has its code ${says}`, () => {
      const [lambda] = stackOf({ F: sam('Function', properties) }).resources('AWS::Lambda::Function');
      expect(lambda?.properties.raw('Code')).toEqual(code);
    });
  }

  it('[F8] Function keeps what only SAM has, so that it is named as not emulated', () => {
    const [lambda] = stackOf({
      F: sam(
        'Function',
        { Events: { E: { Type: 'Schedule' } }, AutoPublishAlias: 'live', Policies: [], Tags: {} },
        { Connectors: { C: {} } },
      ),
    }).resources('AWS::Lambda::Function');
    expect(lambda?.properties.names()).toEqual(['Events', 'Connectors', 'Code', 'Role']);
  });

  it('[F8] Function publishes a version, and an alias of it', () => {
    const stack = stackOf({ F: sam('Function', { FunctionName: 'f', AutoPublishAlias: 'live' }) });
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    for (const name of ['F.Alias', 'FAliaslive']) expect(ref(stack, { Ref: name })).toBe(`${arn}:live`);
    expect(ref(stack, { Ref: 'F.Version' })).toBe(`${arn}:1`);
    expect(ref(stack, { 'Fn::Sub': '${F.Alias}!' })).toBe(`${arn}:live!`);
  });

  it('[F8] Function makes the APIs that its events imply, which are named as not run', () => {
    const events = { A: { Type: 'Api', Properties: { Path: '/' } }, H: { Type: 'HttpApi' } };
    const stack = stackOf({ F: sam('Function', { Events: events, FunctionUrlConfig: {} }) });
    expect(stack.types()).toContain('AWS::ApiGateway::RestApi');
    expect(stack.types()).toContain('AWS::Lambda::Url');
    expect(ref(stack, { Ref: 'ServerlessHttpApi' })).toMatch(/^[a-z0-9]{10}$/);
  });

  it('[F8] [T9] Function is mapped to the streams of its events, by its alias if it has one; the others stay', () => {
    const Stream = { 'Fn::GetAtt': ['T', 'StreamArn'] };
    const Events = {
      Rows: { Type: 'DynamoDB', Properties: { Stream, StartingPosition: 'LATEST', BatchSize: 5 } },
      Hourly: { Type: 'Schedule' },
    };
    const stack = stackOf({
      T: sam('SimpleTable', { TableName: 't' }),
      F: sam('Function', { FunctionName: 'f', Events }),
      G: sam('Function', { FunctionName: 'g', Events, AutoPublishAlias: 'live' }),
    });
    const [ofF, ofG] = stack.resources('AWS::Lambda::EventSourceMapping');
    expect(ofF?.logicalId).toBe('FRows');
    expect(ofF?.properties.names().sort()).toEqual([
      'BatchSize',
      'EventSourceArn',
      'FunctionName',
      'StartingPosition',
    ]);
    expect(ofF?.properties.text('EventSourceArn')).toMatch(/:table\/t\/stream\//);
    expect(ofF?.properties.text('FunctionName')).toBe('f');
    expect(ofG?.properties.text('FunctionName')).toMatch(/:function:g:live$/);
    for (const { properties } of stack.resources('AWS::Lambda::Function'))
      expect(properties.raw('Events')).toEqual({ Hourly: { Type: 'Schedule' } });
  });

  it('[F8] SimpleTable is a table with one key, called id where it has no name', () => {
    const stack = stackOf({
      T: sam('SimpleTable', { TableName: 't' }),
      U: sam('SimpleTable', { PrimaryKey: { Name: 'u', Type: 'Number' } }),
    });
    expect(all(stack)).toEqual({
      T: {
        TableName: 't',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
      U: {
        AttributeDefinitions: [{ AttributeName: 'u', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'u', KeyType: 'HASH' }],
      },
    });
  });

  it('[F8] WebSocketApi is an API, a stage called default, and three resources for each route, with the ids that SAM gives', () => {
    const stack = stackOf({
      Ws: api({
        Routes: {
          $connect: { FunctionArn: 'arn:aws:lambda:r:1:function:f' },
          sendMessage: { FunctionArn: { Ref: 'AWS::Region' }, IntegrationTimeout: 500, OperationName: 'o' },
        },
        StageVariables: { a: 'b' },
        Tags: { t: 'u' },
      }),
    });
    const id = ref(stack, { Ref: 'Ws' }) as string;
    const target = (route: string): unknown =>
      `integrations/${String(ref(stack, { Ref: `Ws${route}Integration` }))}`;
    const uri = (arn: string): string =>
      `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
    const permission = (arn: string, source: string): object => ({
      Action: 'lambda:InvokeFunction',
      FunctionName: arn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:us-east-1:123456789012:${id}/default/${source}`,
    });
    expect(all(stack)).toEqual({
      Ws: {
        Name: 'Ws',
        RouteSelectionExpression: '$request.body.action',
        Tags: { t: 'u' },
        ProtocolType: 'WEBSOCKET',
      },
      WsDefaultStage: { StageVariables: { a: 'b' }, ApiId: id, StageName: 'default', AutoDeploy: true },
      WsConnectRoute: { ApiId: id, RouteKey: '$connect', Target: target('Connect') },
      WsConnectIntegration: {
        ApiId: id,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: uri('arn:aws:lambda:r:1:function:f'),
      },
      WsConnectPermission: permission('arn:aws:lambda:r:1:function:f', '$connect'),
      WsSendmessageRoute: {
        OperationName: 'o',
        ApiId: id,
        RouteKey: 'sendMessage',
        Target: target('Sendmessage'),
      },
      WsSendmessageIntegration: {
        ApiId: id,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: uri('us-east-1'),
        TimeoutInMillis: 500,
      },
      WsSendmessagePermission: permission('us-east-1', 'sendMessage'),
    });
    expect(ref(stack, { Ref: 'Ws.Stage' })).toBe('default');
  });

  it('[F8] WebSocketApi names its stage after StageName, and takes Globals', () => {
    const stack = stackOf({ Ws: api({ StageName: 'v1' }) }, { WebSocketApi: { StageVariables: { g: '1' } } });
    expect(all(stack)['Wsv1Stage']).toEqual({
      StageVariables: { g: '1' },
      ApiId: ref(stack, { Ref: 'Ws' }),
      StageName: 'v1',
      AutoDeploy: true,
    });
  });

  it('[F8] WebSocketApi has an authorizer on $connect, and the permission that it needs', () => {
    const stack = stackOf({
      Ws: api({
        Auth: { AuthType: 'CUSTOM', AuthArn: 'a', IdentitySource: ['route.request.querystring.t'] },
      }),
    });
    const resources = all(stack);
    expect(resources['WsConnectAuthorizer']).toEqual({
      Name: 'WsConnectAuthorizer',
      IdentitySource: ['route.request.querystring.t'],
      ApiId: ref(stack, { Ref: 'Ws' }),
      AuthorizerType: 'REQUEST',
      AuthorizerUri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/a/invocations',
    });
    expect(resources['WsConnectRoute']).toEqual(
      jasmine.objectContaining({
        AuthorizationType: 'CUSTOM',
        AuthorizerId: ref(stack, { Ref: 'WsConnectAuthorizer' }),
      }),
    );
    expect(resources['WsAuthorizerPermission']).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: 'a',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:us-east-1:123456789012:${String(ref(stack, { Ref: 'Ws' }))}/authorizers/*`,
    });
  });

  it('[F8] WebSocketApi goes with its condition, and all that is made of it', () => {
    const template = { Transform: SAM, Conditions: { No: { 'Fn::Equals': ['a', 'b'] } } };
    const stack = (condition: string): Stack =>
      new Stack(parseTemplate('shop', { ...template, Resources: { Ws: api({}, { Condition: condition }) } }));
    expect(stack('No').types()).toEqual([]);
  });

  for (const [says, resources, message] of [
    ['no routes', { Ws: api({ Routes: {} }) }, 'Ws has no Routes'],
    ['a route without a function', { Ws: api({ Routes: { a: {} } }) }, 'Ws: route a has no FunctionArn'],
    [
      'a route that SAM would refuse',
      { Ws: api({ Routes: { 'a/b': { FunctionArn: 'f' } } }) },
      'Ws: the route a/b must have letters and digits only, says SAM',
    ],
    [
      'Auth without $connect',
      { Ws: api({ Routes: { a: { FunctionArn: 'f' } }, Auth: { AuthType: 'AWS_IAM' } }) },
      'Ws: Auth needs a $connect route',
    ],
    [
      'CUSTOM without a function',
      { Ws: api({ Auth: { AuthType: 'CUSTOM' } }) },
      'Ws: AuthType must be NONE, AWS_IAM, or CUSTOM with an AuthArn',
    ],
    [
      'an authorizer without an AuthType, which would guard nothing',
      { Ws: api({ Auth: { AuthArn: 'a' } }) },
      'Ws: AuthType must be NONE, AWS_IAM, or CUSTOM with an AuthArn',
    ],
    [
      'a stage named $default',
      { Ws: api({ StageName: '$default' }) },
      'Ws: a stage cannot be named $default',
    ],
    [
      'a key of no type',
      { T: sam('SimpleTable', { PrimaryKey: { Type: 'Map' } }) },
      'T: PrimaryKey.Type must be String, Number or Binary',
    ],
    [
      'an application of a repository',
      { A: sam('Application', { Location: { ApplicationId: 'a' } }) },
      'A: only an application whose Location is a file can be run here',
    ],
  ] as const) {
    it(`[F8] refuses ${says}`, () => expect(() => stackOf(resources)).toThrowError(message));
  }

  it('[F8] is refused where the template does not ask for the transform', () => {
    expect(() => parseTemplate('shop', { Resources: { F: sam('Function') } })).toThrowError(
      `F is an AWS::Serverless::Function, but the template has no Transform: ${SAM}`,
    );
  });

  it('[F8] keeps its other resources, to be named as not run', () => {
    expect(stackOf({ S: sam('StateMachine'), A: sam('Api') }).types()).toEqual([
      'AWS::Serverless::StateMachine',
      'AWS::Serverless::Api',
    ]);
  });
});
