import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Inside the repository, so that handlers find its node_modules. */
const PLACE = join(import.meta.dirname, '../../../.local/specs');

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
  /** Further resources, or others in the place of those made here. */
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** Writes the assembly of `app` into a new folder. */
export async function writeAssembly(
  app: TestApp,
): Promise<{ directory: string; remove: () => Promise<void> }> {
  await mkdir(PLACE, { recursive: true });
  const directory = await mkdtemp(join(PLACE, 'app-'));
  const write = (name: string, value: unknown): Promise<void> =>
    writeFile(join(directory, name), JSON.stringify(value));
  for (const [name, { code, commonJs }] of Object.entries(app.functions)) {
    const folder = join(directory, `asset.${name}`);
    await mkdir(folder);
    // Nearer than the repository's own, which makes every `.js` a module.
    await writeFile(join(folder, 'package.json'), '{}');
    await writeFile(join(folder, commonJs ? 'index.js' : 'index.mjs'), code);
  }
  await write('manifest.json', {
    artifacts: {
      test: { type: 'aws:cloudformation:stack', properties: { templateFile: 'test.template.json' } },
      'test.assets': { type: 'cdk:asset-manifest', properties: { file: 'test.assets.json' } },
    },
  });
  await write('test.assets.json', {
    files: Object.fromEntries(
      Object.keys(app.functions).map((name) => [
        name,
        {
          source: { path: `asset.${name}`, packaging: 'zip' },
          destinations: { local: { bucketName: 'assets', objectKey: `${name}.zip` } },
        },
      ]),
    ),
  });
  await write('test.template.json', { Resources: { ...resourcesOf(app), ...app.resources } });
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
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
