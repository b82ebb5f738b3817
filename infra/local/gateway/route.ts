import type { Resource } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import type { Authorizer } from './authorizer.ts';
import type { Integration } from './integrations/integration.ts';
import { type ModelCheck, readModelCheck } from './models.ts';

export interface Route {
  readonly logicalId: string;
  readonly key: string;
  readonly integration: Integration;
  /** Whether the integration's answer goes back to the client (PARITY R17). */
  readonly twoWay: boolean;
  /** What a message must be like, when the route has models (PARITY N11). */
  readonly check?: ModelCheck;
  /** Only `$connect` may have one. */
  readonly authorizer?: Authorizer;
  /** What will not work as the template stands: sentences that go on from the logical id. */
  readonly warnings: readonly string[];
  /** Whether the handshake must be signed for IAM (PARITY H21); only that of `$connect`. */
  readonly signed: boolean;
}

/** What of an API its routes refer to, by id. */
export interface RouteParts {
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  /** The routes that have a `RouteResponse`. */
  readonly answering: ReadonlySet<string>;
  readonly models: readonly Resource[];
}

const OWN_KEYS = new Set(['$connect', '$disconnect', '$default']);

/** Reads a route. Throws on what cannot be run, naming it. */
export function readRoute(resource: Resource, parts: RouteParts): Route {
  const { logicalId, identity, properties } = resource;
  const key = properties.text('RouteKey');
  const refuse = (sentence: string): never => {
    throw new TemplateError(`${logicalId} (${key}): ${sentence}`);
  };
  // PARITY R5: the others that begin so are kept for AWS.
  if (key.startsWith('$') && !OWN_KEYS.has(key)) refuse('a route key of your own does not begin with $');
  const authorization = properties.optionalText('AuthorizationType') ?? 'NONE';
  if (!['NONE', 'CUSTOM', 'AWS_IAM'].includes(authorization)) {
    refuse(`AuthorizationType ${authorization} is not supported`);
  }
  if (authorization !== 'NONE' && key !== '$connect') {
    refuse(`AuthorizationType ${authorization} is for $connect alone`);
  }
  const authorizer = parts.authorizers.get(properties.optionalText('AuthorizerId') ?? '');
  if (authorization === 'CUSTOM' && authorizer === undefined) refuse('its authorizer is not one of its API');
  // CloudFormation takes a boolean written as text, too.
  const needsKey = properties.raw('ApiKeyRequired');
  if (needsKey === true || needsKey === 'true') refuse('API keys are not supported');
  const answers = properties.optionalText('RouteResponseSelectionExpression');
  // It is an expression, in which a dollar that begins no variable may have its backslash.
  if (answers !== undefined && !['$default', '\\$default'].includes(answers)) {
    refuse(`RouteResponseSelectionExpression ${answers} is not $default`);
  }
  const target = properties.text('Target');
  const integration = parts.integrations.get(target.replace(/^integrations\//, ''));
  if (integration === undefined) return refuse(`${target} is not an integration of its API`);
  // A handshake and a farewell have no body that a model could be held against.
  const hasMessages = key !== '$connect' && key !== '$disconnect';
  const check = hasMessages ? readModelCheck(resource, parts.models) : undefined;
  const hasResponse = parts.answering.has(identity.ref);
  return {
    logicalId,
    key,
    integration,
    twoWay: answers !== undefined && hasResponse,
    warnings: hasMessages ? halfOfTwoWay(answers !== undefined, hasResponse) : [],
    signed: authorization === 'AWS_IAM',
    ...(check && { check }),
    ...(authorizer && authorization === 'CUSTOM' && { authorizer }),
  };
}

/** A route answers only when it has both, and what SAM makes of a `WebSocketApi` has but one (PARITY R17). */
function halfOfTwoWay(hasExpression: boolean, hasResponse: boolean): string[] {
  if (hasExpression === hasResponse) return [];
  const [one, other] = hasExpression
    ? ['RouteResponseSelectionExpression', 'no AWS::ApiGatewayV2::RouteResponse']
    : ['AWS::ApiGatewayV2::RouteResponse', 'no RouteResponseSelectionExpression'];
  return [`has ${one} but ${other}: its answers are not sent to the client`];
}
