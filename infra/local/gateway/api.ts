import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';

/** A WebSocket API of the template. */
export interface WebSocketApi {
  readonly logicalId: string;
  readonly apiId: string;
  readonly name: string;
  readonly selectionExpression: string;
  readonly routes: ReadonlyMap<string, Route>;
  readonly stages: readonly Stage[];
}
export interface Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
}
export interface Route {
  readonly key: string;
  readonly integration: Integration;
  /** Whether the integration's answer goes back to the client (PARITY R17). */
  readonly twoWay: boolean;
}
/** A Lambda proxy integration, the only kind that runs so far. */
export interface Integration {
  readonly logicalId: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
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
      const answering = new Set(ofThisApi('RouteResponse').map((one) => one.properties.text('RouteId')));
      return {
        logicalId,
        apiId: identity.ref,
        name: properties.optionalText('Name') ?? logicalId,
        selectionExpression: properties.text('RouteSelectionExpression'),
        routes: new Map(
          ofThisApi('Route').map((one) => [
            one.properties.text('RouteKey'),
            readRoute(one, integrations, answering),
          ]),
        ),
        stages: ofThisApi('Stage').map((one) => ({
          name: one.properties.text('StageName'),
          variables: one.properties.inside('StageVariables').texts(),
        })),
      };
    });
}

function readRoute(
  { logicalId, identity, properties }: Resource,
  integrations: ReadonlyMap<string, Integration>,
  answering: ReadonlySet<string>,
): Route {
  const authorization = properties.optionalText('AuthorizationType') ?? 'NONE';
  if (authorization !== 'NONE')
    throw new TemplateError(`${logicalId}: AuthorizationType ${authorization} is not supported`);
  if (properties.raw('ApiKeyRequired') === true)
    throw new TemplateError(`${logicalId}: API keys are not supported`);
  const target = properties.text('Target');
  const integration = integrations.get(target.replace(/^integrations\//, ''));
  if (integration === undefined)
    throw new TemplateError(`${logicalId}: ${target} is not an integration of its API`);
  return {
    key: properties.text('RouteKey'),
    integration,
    twoWay:
      properties.optionalText('RouteResponseSelectionExpression') === '$default' &&
      answering.has(identity.ref),
  };
}

function readIntegration({ logicalId, properties }: Resource): Integration {
  const type = properties.text('IntegrationType');
  if (type !== 'AWS_PROXY')
    throw new TemplateError(`${logicalId}: integration type ${type} is not supported`);
  const uri = properties.text('IntegrationUri');
  const functionArn = /:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (functionArn === undefined) throw new TemplateError(`${logicalId}: ${uri} is not the URI of a function`);
  return { logicalId, functionArn, timeoutMs: properties.optionalNumber('TimeoutInMillis') ?? 29_000 };
}
