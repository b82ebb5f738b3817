import { assemblyFiles, writeFolder } from './cdk-out.ts';

/** One function of a test's app. */
export interface TestFunction {
  /** Text of its `index.mjs`, or of `index.js` when `commonJs`. */
  readonly code: string;
  readonly commonJs?: true;
  readonly runtime?: string;
  readonly timeout?: number;
  readonly environment?: Readonly<Record<string, unknown>>;
}

/** A WebSocket API as somebody else's CDK app would synthesize it. */
export interface TestApp {
  readonly functions: Readonly<Record<string, TestFunction>>;
  /** Route key to function. */
  readonly routes: Readonly<Record<string, string>>;
  readonly twoWay?: readonly string[];
  readonly selectionExpression?: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly integrationTimeoutMs?: number;
  /** A function that authorizes `$connect`, and where it looks for an identity. */
  readonly authorizer?: { readonly function: string; readonly identitySources: readonly string[] };
  /** Further assets: the text of each file by its path, by object key. */
  readonly assets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where it is deployed: `aws://account/region`. */
  readonly environment?: string;
  /** Further resources, or others in place of those made here. */
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** Writes the assembly of `app` into a new folder. */
export function writeAssembly(app: TestApp): Promise<{ directory: string; remove: () => Promise<void> }> {
  const names = Object.keys(app.functions);
  const code = Object.entries(app.functions).flatMap(([name, one]): [string, string][] => [
    // Nearer than the repository's own, which makes every `.js` a module.
    [`asset.${name}/package.json`, '{}'],
    [`asset.${name}/${one.commonJs ? 'index.js' : 'index.mjs'}`, one.code],
  ]);
  const assets = Object.entries(app.assets ?? {});
  const files = assets.flatMap(([key, texts]) =>
    Object.entries(texts).map(([path, text]): [string, string] => [`folder.${key}/${path}`, text]),
  );
  return writeFolder({
    ...Object.fromEntries([...code, ...files]),
    ...assemblyFiles({
      test: {
        template: { Resources: { ...resourcesOf(app), ...app.resources } },
        ...(app.environment !== undefined && { environment: app.environment }),
        assets: {
          ...Object.fromEntries(names.map((name) => [`${name}.zip`, `asset.${name}`])),
          ...Object.fromEntries(assets.map(([key]) => [key, `folder.${key}`])),
        },
      },
    }),
  });
}

function resourcesOf({ functions, routes, ...app }: TestApp): Record<string, unknown> {
  const resources: Record<string, unknown> = {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'test',
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: app.selectionExpression ?? '$request.body.action',
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'Api' },
        StageName: 'test',
        AutoDeploy: true,
        ...(app.stageVariables && { StageVariables: app.stageVariables }),
      },
    },
  };
  for (const [name, { runtime = 'nodejs24.x', timeout = 5, environment = {} }] of Object.entries(functions)) {
    resources[`Function${name}`] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: name,
        Handler: 'index.handler',
        Runtime: runtime,
        Timeout: timeout,
        Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
        Environment: { Variables: environment },
      },
    };
    resources[`Permission${name}`] = {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: `Function${name}` },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*',
        },
      },
    };
    resources[`Integration${name}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: invocationUri(name),
        ...(app.integrationTimeoutMs !== undefined && { TimeoutInMillis: app.integrationTimeoutMs }),
      },
    };
  }
  if (app.authorizer) {
    resources['Authorizer'] = {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: { Ref: 'Api' },
        AuthorizerType: 'REQUEST',
        AuthorizerUri: invocationUri(app.authorizer.function),
        IdentitySource: app.authorizer.identitySources,
      },
    };
  }
  for (const [index, [routeKey, name]] of Object.entries(routes).entries()) {
    const answers = app.twoWay?.includes(routeKey) ?? false;
    resources[`Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: routeKey,
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: `Integration${name}` }]] },
        ...(answers && { RouteResponseSelectionExpression: '$default' }),
        ...(app.authorizer &&
          routeKey === '$connect' && { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } }),
      },
    };
    if (answers) {
      resources[`Response${index}`] = {
        Type: 'AWS::ApiGatewayV2::RouteResponse',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteId: { Ref: `Route${index}` },
          RouteResponseKey: '$default',
        },
      };
    }
  }
  return resources;
}

const invocationUri = (name: string): unknown => ({
  'Fn::Sub':
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/' +
    `\${Function${name}.Arn}/invocations`,
});
