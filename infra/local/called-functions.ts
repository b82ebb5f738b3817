import type { WebSocketApi } from './gateway/api.ts';
import { functionArnIn } from './gateway/caller.ts';
import { findFunction, type LambdaFunction, type Variables } from './lambda/function.ts';
import type { Stack } from './template/stack.ts';
import { TemplateError } from './template/values.ts';

/** Something in a template that calls a function. */
interface Caller {
  readonly logicalId: string;
  readonly functionArn: string;
}

/** What calls a function for an API: integrations, and authorizers, in each stage. */
const callersOf = ({ routes, stages }: WebSocketApi): Caller[] =>
  [...routes.values()]
    .flatMap(({ integration: { logicalId, caller }, authorizer }) => [
      ...(caller ? [{ logicalId, functionArn: caller.functionArn }] : []),
      ...(authorizer ? [authorizer] : []),
    ])
    .flatMap(({ logicalId, functionArn }) =>
      stages.map(({ variables }) => ({ logicalId, functionArn: functionArnIn(functionArn, variables) })),
    );

/**
 * The functions that the APIs and the event sources call, by ARN, of whatever stack; one that no stack has is an error at
 * start.
 */
export function calledFunctions(
  apis: readonly WebSocketApi[],
  sources: readonly Caller[],
  stacks: readonly Stack[],
  variables: Variables,
): Map<string, LambdaFunction> {
  return new Map(
    [...apis.flatMap(callersOf), ...sources].map(({ logicalId, functionArn }) => {
      const lambda = findFunction(stacks, functionArn, variables);
      if (lambda === undefined)
        throw new TemplateError(`${logicalId}: no function of the template has the ARN ${functionArn}`);
      return [functionArn, lambda];
    }),
  );
}
