import type { Stage, WebSocketApi } from './api.ts';
import { type Caller, functionArnIn, qualifiedNameOf } from './caller.ts';
import { authorizerSource, GATEWAY, type Permissions, routeSource } from './permissions.ts';

/** Each call that API Gateway may not make, in a sentence that names the logical ids. */
export function missingPermissions(
  { arn, stages, routes }: WebSocketApi,
  permissions: Permissions,
): readonly string[] {
  const calls = [...routes.values()].flatMap(({ logicalId, key, integration, authorizer }) => [
    ...stages.map(({ name, variables }) => ({
      from: `${logicalId} (${key})`,
      by: integration.caller && inStage(integration.caller, variables),
      through: integration.logicalId,
      source: routeSource(arn, name, key),
    })),
    ...(authorizer
      ? stages.map(({ variables }) => ({
          from: authorizer.logicalId,
          by: inStage(authorizer, variables),
          through: authorizer.logicalId,
          source: authorizerSource(arn, authorizer.id),
        }))
      : []),
  ]);
  const sentences = calls.flatMap(({ from, by, through, source }) =>
    by === undefined || permissions.allow(by, source)
      ? []
      : [
          `${from} may not call ${qualifiedNameOf(by.functionArn)} (${through}) and will fail: ` +
            `no AWS::Lambda::Permission for ${GATEWAY} covers ${source}`,
        ],
  );
  return [...new Set(sentences)]; // An authorizer is the same in all stages, as a rule.
}

const inStage = ({ functionArn, asRole }: Caller, variables: Stage['variables']): Caller => ({
  functionArn: functionArnIn(functionArn, variables),
  asRole,
});
