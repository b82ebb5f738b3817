import { ACCOUNT, REGION } from '../template/identities.ts';
import type { Properties } from '../template/properties.ts';
import type { Stack } from '../template/stack.ts';
import type { WebSocketApi } from './api.ts';
import { matches } from './wildcards.ts';

/** Something of an API that calls a function. */
export interface Caller {
  readonly functionArn: string;
  /** Whether it calls as a role of its own: then the function's permissions do not count. */
  readonly asRole: boolean;
}

interface Grant {
  readonly functionName: string;
  /** Undefined: whatever asks. */
  readonly sourceArn: string | undefined;
}

const GATEWAY = 'apigateway.amazonaws.com';

/** Which functions API Gateway may call for what: the template's `AWS::Lambda::Permission`s (PARITY R23). */
export class Permissions {
  readonly #grants: readonly Grant[];
  readonly #known = new Map<string, boolean>();

  constructor(stacks: readonly Stack[]) {
    this.#grants = stacks.flatMap((stack) =>
      stack.resources('AWS::Lambda::Permission').flatMap(({ properties }) => readGrant(properties)),
    );
  }

  /** Whether `source`, the part of an ARN from the API's id on, may call the function. */
  allow({ functionArn, asRole }: Caller, source: string): boolean {
    if (asRole) return true;
    const question = `${functionArn} ${source}`;
    const known = this.#known.get(question);
    if (known !== undefined) return known;
    const functionName = functionNameOf(functionArn);
    const arn = sourceArnOf(source);
    const allowed = this.#grants.some(
      (grant) =>
        grant.functionName === functionName &&
        (grant.sourceArn === undefined || matches(grant.sourceArn, arn)),
    );
    this.#known.set(question, allowed);
    return allowed;
  }
}

/** What a route is when it calls its integration. */
export const routeSource = (apiId: string, stage: string, routeKey: string): string =>
  `${apiId}/${stage}/${routeKey}`;
/** What an authorizer is when it calls its function: there is no stage in it. */
export const authorizerSource = (apiId: string, authorizerId: string): string =>
  `${apiId}/authorizers/${authorizerId}`;

/** Each call that API Gateway may not make, in a sentence that names the logical ids. */
export function missingPermissions(
  { apiId, stages, routes }: WebSocketApi,
  permissions: Permissions,
): readonly string[] {
  const calls = [...routes.values()].flatMap(({ logicalId, key, integration, authorizer }) => [
    ...stages.map(({ name }) => ({
      from: `${logicalId} (${key})`,
      by: integration,
      source: routeSource(apiId, name, key),
    })),
    ...(authorizer
      ? [
          {
            from: authorizer.logicalId,
            by: authorizer,
            source: authorizerSource(apiId, authorizer.id),
          },
        ]
      : []),
  ]);
  return calls
    .filter(({ by, source }) => !permissions.allow(by, source))
    .map(
      ({ from, by, source }) =>
        `${from} may not call ${functionNameOf(by.functionArn)} (${by.logicalId}) and will fail: ` +
        `no AWS::Lambda::Permission for ${GATEWAY} covers ${sourceArnOf(source)}`,
    );
}

function readGrant(properties: Properties): Grant[] {
  const sourceAccount = properties.optionalText('SourceAccount') ?? ACCOUNT;
  const isForGateway =
    [GATEWAY, '*'].includes(properties.text('Principal')) &&
    matches(properties.text('Action'), 'lambda:InvokeFunction') &&
    sourceAccount === ACCOUNT;
  if (!isForGateway) return [];
  const functionName = functionNameOf(properties.text('FunctionName'));
  return [{ functionName, sourceArn: properties.optionalText('SourceArn') }];
}

/** A permission names its function by name, by ARN or by the end of one. */
export const functionNameOf = (name: string): string => /(?:^|:)function:([^:]+)/.exec(name)?.[1] ?? name;

const sourceArnOf = (source: string): string => `arn:aws:execute-api:${REGION}:${ACCOUNT}:${source}`;
