import { type Fields, isRecord, section, TemplateError } from '../values.ts';
import { type Expansion, only, type SamResource, without } from './expansion.ts';

const OF_STAGE = ['StageVariables', 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings'];
const NOT_OF_API = [...OF_STAGE, 'Auth', 'Routes', 'StageName', 'PropagateTags', 'FailOnWarnings'];
const API_GATEWAY = 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions';
const EXECUTE_API = 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}';

/** Makes a resource that comes and goes with the API. */
type Make = (type: string, properties: Fields) => Fields;

/** `AWS::Serverless::WebSocketApi`, with the logical ids that SAM's transform gives what it makes of it. */
export function expandWebSocketApi({ logicalId, properties, attributes }: SamResource): Expansion {
  const routes = Object.entries(section(properties, 'Routes'));
  if (routes.length === 0) throw new TemplateError(`${logicalId} has no Routes`);
  if (properties['Auth'] !== undefined && !routes.some(([key]) => key === '$connect')) {
    throw new TemplateError(`${logicalId}: Auth needs a $connect route`);
  }
  const stageName = properties['StageName'] ?? 'default';
  if (stageName === '$default') throw new TemplateError(`${logicalId}: a stage cannot be named $default`);
  const stage = stageLogicalId(logicalId, stageName);
  const make: Make = (Type, Properties) => ({ ...only(attributes, 'Condition'), Type, Properties });
  const auth = section(properties, 'Auth');
  return {
    resources: {
      [logicalId]: {
        ...attributes,
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { Name: logicalId, ...without(properties, ...NOT_OF_API), ProtocolType: 'WEBSOCKET' },
      },
      [stage]: make('AWS::ApiGatewayV2::Stage', {
        ...only(properties, ...OF_STAGE),
        ApiId: { Ref: logicalId },
        StageName: stageName,
        AutoDeploy: true,
      }),
      ...authorizer(logicalId, auth, make),
      ...Object.fromEntries(
        routes.flatMap(([key, route]) => {
          const isGuarded = key === '$connect' && Object.keys(auth).length > 0;
          const authorization = isGuarded ? authorizationOf(logicalId, auth) : {};
          return Object.entries(routeResources(logicalId, key, route, authorization, stageName, make));
        }),
      ),
    },
    synonyms: { [`${logicalId}.Stage`]: { Ref: stage } },
  };
}

const stageLogicalId = (logicalId: string, stageName: unknown): string =>
  `${logicalId}${stageName === 'default' ? 'Default' : typeof stageName === 'string' ? stageName : ''}Stage`;

/** One route, its integration, and its permission to call the function. */
function routeResources(
  logicalId: string,
  key: string,
  route: unknown,
  authorization: Fields,
  stageName: unknown,
  make: Make,
): Fields {
  const id = `${logicalId}${partOfId(logicalId, key)}`;
  if (!isRecord(route) || route['FunctionArn'] === undefined) {
    throw new TemplateError(`${logicalId}: route ${key} has no FunctionArn`);
  }
  const { FunctionArn: functionArn, IntegrationTimeout: timeout } = route;
  const source = `\${${logicalId}}/\${Stage}/${key}`;
  return {
    [`${id}Route`]: make('AWS::ApiGatewayV2::Route', {
      ...without(route, 'FunctionArn', 'IntegrationTimeout'),
      ...authorization,
      ApiId: { Ref: logicalId },
      RouteKey: key,
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: `${id}Integration` }]] },
    }),
    [`${id}Integration`]: make('AWS::ApiGatewayV2::Integration', {
      ApiId: { Ref: logicalId },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: invocationUri(functionArn),
      ...(timeout !== undefined && { TimeoutInMillis: timeout }),
    }),
    [`${id}Permission`]: make(
      'AWS::Lambda::Permission',
      permission(functionArn, source, { Stage: stageName }),
    ),
  };
}

/** `sendMessage` is `Sendmessage` in a logical id, as SAM has it. */
function partOfId(logicalId: string, key: string): string {
  const name = ['$connect', '$disconnect', '$default'].includes(key) ? key.slice(1) : key;
  if (!/^[A-Za-z0-9]+$/.test(name)) {
    throw new TemplateError(`${logicalId}: the route ${key} must have letters and digits only, says SAM`);
  }
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
}

const authorizerId = (logicalId: string): string => `${logicalId}ConnectAuthorizer`;

/** What `Auth` adds to the `$connect` route. */
function authorizationOf(logicalId: string, { AuthType: type, AuthArn: functionArn }: Fields): Fields {
  if (type === 'NONE') return {};
  if (type === 'AWS_IAM') return { AuthorizationType: 'AWS_IAM' };
  if (type !== 'CUSTOM' || functionArn === undefined) {
    throw new TemplateError(`${logicalId}: AuthType must be NONE, AWS_IAM, or CUSTOM with an AuthArn`);
  }
  return { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: authorizerId(logicalId) } };
}

/** The authorizer of an `Auth` that has a function, and its permission to call it, unless it calls as a role. */
function authorizer(logicalId: string, auth: Fields, make: Make): Fields {
  const { AuthArn: functionArn, InvokeRole: role } = auth;
  if (functionArn === undefined) return {};
  const source = `\${${logicalId}}/authorizers/*`;
  return {
    [authorizerId(logicalId)]: make('AWS::ApiGatewayV2::Authorizer', {
      Name: authorizerId(logicalId),
      ...without(auth, 'AuthType', 'AuthArn', 'InvokeRole'),
      ApiId: { Ref: logicalId },
      AuthorizerType: 'REQUEST',
      AuthorizerUri: invocationUri(functionArn),
      ...(role !== undefined && { AuthorizerCredentialsArn: role }),
    }),
    ...(role === undefined && {
      [`${logicalId}AuthorizerPermission`]: make('AWS::Lambda::Permission', permission(functionArn, source)),
    }),
  };
}

const invocationUri = (functionArn: unknown): unknown => ({
  'Fn::Sub': [`${API_GATEWAY}/\${FunctionArn}/invocations`, { FunctionArn: functionArn }],
});

const permission = (functionArn: unknown, source: string, variables: Fields = {}): Fields => ({
  Action: 'lambda:InvokeFunction',
  FunctionName: functionArn,
  Principal: 'apigateway.amazonaws.com',
  SourceArn: { 'Fn::Sub': [`${EXECUTE_API}:${source}`, variables] },
});
