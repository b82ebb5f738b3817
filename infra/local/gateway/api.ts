import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { type Authorizer, readAuthorizer } from './authorizer.ts';
import { functionArnOf } from './caller.ts';
import type { ProxyTarget } from './proxy.ts';
import { readThrottling, type StageThrottling, throttlingWarnings } from './throttling.ts';

/** A WebSocket API of the template. */
export interface WebSocketApi {
  readonly logicalId: string;
  readonly apiId: string;
  readonly name: string;
  readonly selectionExpression: string;
  readonly routes: ReadonlyMap<string, Route>;
  readonly stages: readonly Stage[];
  /** What will not work as the template stands: sentences that name the logical ids. */
  readonly warnings: readonly string[];
}
export interface Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling: StageThrottling;
}
export interface Route {
  readonly logicalId: string;
  readonly key: string;
  readonly integration: Integration;
  /** Whether the integration's answer goes back to the client (PARITY R17). */
  readonly twoWay: boolean;
  /** Only `$connect` may have one. */
  readonly authorizer?: Authorizer;
}
/** A Lambda proxy integration, the only kind that runs so far. */
export interface Integration extends ProxyTarget {
  readonly logicalId: string;
}

/** The WebSocket APIs of a stack. Throws on a part that cannot be run, naming its logical id. */
export function readApis(stack: Stack): WebSocketApi[] {
  return stack
    .resources('AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties.optionalText('ProtocolType') === 'WEBSOCKET')
    .map(({ logicalId, identity, properties }) => {
      const ofThisApi = (type: string): Resource[] =>
        stack
          .resources(`AWS::ApiGatewayV2::${type}`)
          .filter((one) => one.properties.optionalText('ApiId') === identity.ref);
      const integrations = new Map(
        ofThisApi('Integration').map((one) => [one.identity.ref, readIntegration(one)]),
      );
      const authorizers = new Map(
        ofThisApi('Authorizer').map((one) => [one.identity.ref, readAuthorizer(one)]),
      );
      const answering = new Set(ofThisApi('RouteResponse').map((one) => one.properties.text('RouteId')));
      const stages = ofThisApi('Stage');
      return {
        logicalId,
        apiId: identity.ref,
        name: properties.optionalText('Name') ?? logicalId,
        selectionExpression: properties.text('RouteSelectionExpression'),
        routes: new Map(
          ofThisApi('Route').map((one) => [
            one.properties.text('RouteKey'),
            readRoute(one, integrations, authorizers, answering),
          ]),
        ),
        stages: stages.map((one) => ({
          name: one.properties.text('StageName'),
          variables: one.properties.inside('StageVariables').texts(),
          throttling: readThrottling(one.logicalId, one.properties),
        })),
        warnings: stages.flatMap((one) =>
          throttlingWarnings(one.logicalId, readThrottling(one.logicalId, one.properties)),
        ),
      };
    });
}

function readRoute(
  { logicalId, identity, properties }: Resource,
  integrations: ReadonlyMap<string, Integration>,
  authorizers: ReadonlyMap<string, Authorizer>,
  answering: ReadonlySet<string>,
): Route {
  const authorization = properties.optionalText('AuthorizationType') ?? 'NONE';
  if (authorization !== 'NONE' && authorization !== 'CUSTOM') {
    throw new TemplateError(`${logicalId}: AuthorizationType ${authorization} is not supported`);
  }
  const authorizer = authorizers.get(properties.optionalText('AuthorizerId') ?? '');
  if (authorization === 'CUSTOM' && authorizer === undefined) {
    throw new TemplateError(`${logicalId}: its authorizer is not one of its API`);
  }
  if (properties.raw('ApiKeyRequired') === true)
    throw new TemplateError(`${logicalId}: API keys are not supported`);
  const target = properties.text('Target');
  const integration = integrations.get(target.replace(/^integrations\//, ''));
  if (integration === undefined)
    throw new TemplateError(`${logicalId}: ${target} is not an integration of its API`);
  return {
    logicalId,
    key: properties.text('RouteKey'),
    integration,
    twoWay:
      properties.optionalText('RouteResponseSelectionExpression') === '$default' &&
      answering.has(identity.ref),
    ...(authorizer && { authorizer }),
  };
}

function readIntegration({ logicalId, properties }: Resource): Integration {
  const type = properties.text('IntegrationType');
  if (type !== 'AWS_PROXY')
    throw new TemplateError(`${logicalId}: integration type ${type} is not supported`);
  const functionArn = functionArnOf(logicalId, properties.text('IntegrationUri'));
  return {
    logicalId,
    functionArn,
    asRole: properties.has('CredentialsArn'),
    timeoutMs: properties.optionalNumber('TimeoutInMillis') ?? 29_000,
  };
}
