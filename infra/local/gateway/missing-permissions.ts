import type { Stage, WebSocketApi } from './api.ts';
import { type Caller, functionArnIn, qualifiedNameOf } from './caller.ts';
import { authorizerSource, GATEWAY, type Permissions, routeSource, sourceArnOf } from './permissions.ts';

/** Each call that API Gateway may not make, in a sentence that names the logical ids. */
export function missingPermissions(
  { apiId, stages, routes }: WebSocketApi,
  permissions: Permissions,
): readonly string[] {
  const calls = [...routes.values()].flatMap(({ logicalId, key, integration, authorizer }) => [
    ...stages.map(({ name, variables }) => ({
      from: `${logicalId} (${key})`,
      by: integration.caller && inStage(integration.caller, variables),
      through: integration.logicalId,
      source: routeSource(apiId, name, key),
    })),
    ...(authorizer
      ? stages.map(({ variables }) => ({
          from: authorizer.logicalId,
          by: inStage(authorizer, variables),
          through: authorizer.logicalId,
          source: authorizerSource(apiId, authorizer.id),
        }))
      : []),
  ]);
  const sentences = calls.flatMap(({ from, by, through, source }) =>
    by === undefined || permissions.allow(by, source)
      ? []
      : [
          `${from} may not call ${qualifiedNameOf(by.functionArn)} (${through}) and will fail: ` +
            `no AWS::Lambda::Permission for ${GATEWAY} covers ${sourceArnOf(source)}`,
        ],
  );
  return [...new Set(sentences)]; // An authorizer is the same in all stages, as a rule.
}

const inStage = ({ functionArn, asRole }: Caller, variables: Stage['variables']): Caller => ({
  functionArn: functionArnIn(functionArn, variables),
  asRole,
});
