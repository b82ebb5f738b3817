import { arn, domainNameOf } from '../template/identities.ts';
import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { type Authorizer, readAuthorizer } from './authorizer.ts';
import type { Integration } from './integrations/integration.ts';
import { readIntegration } from './integrations/read.ts';
import { readRoute, type Route } from './route.ts';
import { compileSelection, type Selection } from './selection.ts';
import { readThrottling, type StageThrottling, throttlingWarnings } from './throttling.ts';

/** A WebSocket API of the template. */
export interface WebSocketApi {
  readonly logicalId: string;
  readonly apiId: string;
  /** What the ARNs of what can be called in it begin with. */
  readonly arn: string;
  /** The host that it has on AWS (PARITY E15). */
  readonly domainName: string;
  /** Its own, and its stack's where it is not the only one with it: stages of a CDK app have the same APIs. */
  readonly name: string;
  /** The route selection expression. */
  readonly select: Selection;
  readonly routes: ReadonlyMap<string, Route>;
  readonly stages: readonly Stage[];
  /** What will not work as the template stands: sentences that name the logical ids. */
  readonly warnings: readonly string[];
}

export interface Stage {
  readonly logicalId: string;
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling: StageThrottling;
}

/** The WebSocket APIs of all stacks, with parts from every stack. Throws on a part that cannot be run, naming its logical id. */
export function readApis(stacks: readonly Stack[]): WebSocketApi[] {
  const names = stacks.flatMap((stack) => webSocketApis(stack).map(nameOf));
  return stacks.flatMap((stack) =>
    webSocketApis(stack).map((resource) => {
      const { logicalId, identity, env, properties } = resource;
      const name = nameOf(resource);
      const hasTwin = names.filter((one) => one === name).length > 1;
      const ofThisApi = (type: string): Resource[] =>
        stacks
          .flatMap((stack) => stack.resources(`AWS::ApiGatewayV2::${type}`))
          .filter((one) => one.properties.optionalText('ApiId') === identity.ref);
      const responses = ofThisApi('IntegrationResponse');
      const integrations = new Map<string, Integration>(
        ofThisApi('Integration').map((one) => [
          one.identity.ref,
          readIntegration(
            one,
            responses.filter(({ properties }) => properties.text('IntegrationId') === one.identity.ref),
          ),
        ]),
      );
      const authorizers = new Map<string, Authorizer>(
        ofThisApi('Authorizer').map((one) => [one.identity.ref, readAuthorizer(one)]),
      );
      const answering = new Set(ofThisApi('RouteResponse').map(routeIdOf));
      const parts = { integrations, authorizers, answering, models: ofThisApi('Model') };
      const stageResources = ofThisApi('Stage');
      const routeResources = ofThisApi('Route');
      refuseTwins(routeResources, 'RouteKey');
      refuseTwins(stageResources, 'StageName');
      const routes = routeResources.map((one) => readRoute(one, parts));
      const stages = stageResources.map(readStage);
      return {
        logicalId,
        apiId: identity.ref,
        arn: arn(env, 'execute-api', identity.ref),
        domainName: domainNameOf(identity.ref, env),
        name: hasTwin ? `${name} of ${stack.name}` : name,
        select: compileSelection(
          `${logicalId}.RouteSelectionExpression`,
          properties.text('RouteSelectionExpression'),
        ),
        routes: new Map(routes.map((one) => [one.key, one])),
        stages,
        warnings: [
          ...stages.flatMap(({ logicalId, throttling }) => throttlingWarnings(logicalId, throttling)),
          ...(stages.length === 0 ? [`${logicalId} has no stage: nobody can connect to it`] : []),
          ...stageResources.filter(isNotDeployed).map(notDeployed),
          ...[...integrations.values(), ...routes].flatMap(({ logicalId, warnings = [] }) =>
            warnings.map((warning) => `${logicalId} ${warning}`),
          ),
        ],
      };
    }),
  );
}

const webSocketApis = (stack: Stack): Resource[] =>
  stack
    .resources('AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties.optionalText('ProtocolType') === 'WEBSOCKET');

const nameOf = ({ logicalId, properties }: Resource): string => properties.optionalText('Name') ?? logicalId;

function routeIdOf({ logicalId, properties }: Resource): string {
  const key = properties.text('RouteResponseKey');
  if (key !== '$default') throw new TemplateError(`${logicalId}: RouteResponseKey ${key} is not $default`);
  return properties.text('RouteId');
}

const readStage = (resource: Resource): Stage => ({
  logicalId: resource.logicalId,
  name: readStageName(resource),
  variables: resource.properties.inside('StageVariables').texts(),
  throttling: readThrottling(resource.logicalId, resource.properties),
});

/** The names of stages are those of CloudFormation (PARITY F16). */
function readStageName({ logicalId, properties }: Resource): string {
  const name = properties.text('StageName');
  if (name === '$default') {
    throw new TemplateError(
      `${logicalId}: a stage of a WebSocket API cannot be named $default, which is for HTTP APIs`,
    );
  }
  if (!/^[\w-]{1,128}$/.test(name)) {
    throw new TemplateError(
      `${logicalId}: StageName must be 1 to 128 letters, digits, - and _, not ${name || 'nothing'}`,
    );
  }
  return name;
}

/** Each of them may be there once (PARITY F17). */
function refuseTwins(resources: readonly Resource[], name: 'RouteKey' | 'StageName'): void {
  const known = new Map<string, string>();
  for (const { logicalId, properties } of resources) {
    const value = properties.text(name);
    const twin = known.get(value);
    if (twin !== undefined) throw new TemplateError(`${logicalId}: ${name} ${value} is that of ${twin}, too`);
    known.set(value, logicalId);
  }
}

/** A stage without a deployment has no routes (PARITY F14). */
const isNotDeployed = ({ properties }: Resource): boolean =>
  !properties.has('DeploymentId') && (properties.optionalText('AutoDeploy') ?? 'false') === 'false';

const notDeployed = ({ logicalId }: Resource): string =>
  `${logicalId} has neither AutoDeploy nor a DeploymentId: on AWS it has no routes until somebody deploys it`;
