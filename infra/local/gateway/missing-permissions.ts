import type { WebSocketApi } from './api.ts';
import { qualifiedNameOf } from './caller.ts';
import { authorizerSource, GATEWAY, type Permissions, routeSource, sourceArnOf } from './permissions.ts';

/** Each call that API Gateway may not make, in a sentence that names the logical ids. */
export function missingPermissions(
  { apiId, stages, routes }: WebSocketApi,
  permissions: Permissions,
): readonly string[] {
  const calls = [...routes.values()].flatMap(({ logicalId, key, integration, authorizer }) => [
    ...stages.map(({ name }) => ({
      from: `${logicalId} (${key})`,
      by: integration.caller,
      through: integration.logicalId,
      source: routeSource(apiId, name, key),
    })),
    ...(authorizer
      ? [
          {
            from: authorizer.logicalId,
            by: authorizer,
            through: authorizer.logicalId,
            source: authorizerSource(apiId, authorizer.id),
          },
        ]
      : []),
  ]);
  return calls.flatMap(({ from, by, through, source }) =>
    by === undefined || permissions.allow(by, source)
      ? []
      : [
          `${from} may not call ${qualifiedNameOf(by.functionArn)} (${through}) and will fail: ` +
            `no AWS::Lambda::Permission for ${GATEWAY} covers ${sourceArnOf(source)}`,
        ],
  );
}
