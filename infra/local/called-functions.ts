import type { WebSocketApi } from './gateway/api.ts';
import { findFunction, type LambdaFunction, type Variables } from './lambda/function.ts';
import type { Stack } from './template/stack.ts';
import { TemplateError } from './template/values.ts';

/**
 * The functions that the routes and authorizers of the APIs call, by ARN, of whatever stack; one that no stack has is an
 * error at start.
 */
export function calledFunctions(
  apis: readonly WebSocketApi[],
  stacks: readonly Stack[],
  variables: Variables,
): Map<string, LambdaFunction> {
  const callers = apis.flatMap(({ routes }) =>
    [...routes.values()].flatMap(({ integration: { logicalId, caller }, authorizer }) => [
      ...(caller ? [{ logicalId, functionArn: caller.functionArn }] : []),
      ...(authorizer ? [authorizer] : []),
    ]),
  );
  return new Map(
    callers.map(({ logicalId, functionArn }) => {
      const lambda = findFunction(stacks, functionArn, variables);
      if (lambda === undefined)
        throw new TemplateError(`${logicalId}: no function of the template has the ARN ${functionArn}`);
      return [functionArn, lambda];
    }),
  );
}
