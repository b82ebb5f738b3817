import type { LambdaFunction } from './lambda/function.ts';
import type { Properties } from './template/properties.ts';
import type { Stack } from './template/stack.ts';
import { TemplateError } from './template/values.ts';

const FUNCTION = 'AWS::Lambda::Function';
const CUSTOM = /^(?:Custom::|AWS::CloudFormation::CustomResource$)/;

/** The functions that nothing here calls, but queues, schedules or HTTP APIs would; not those that CloudFormation calls to deploy. */
export function uncalledFunctions(called: Iterable<LambdaFunction>, stacks: readonly Stack[]): string[] {
  const names = new Set(Array.from(called, ({ name }) => name));
  const tokens = new Set(
    stacks.flatMap((stack) =>
      [...new Set(stack.types())]
        .filter((type) => CUSTOM.test(type))
        .flatMap((type) => stack.resources(type).map(({ properties }) => serviceToken(properties))),
    ),
  );
  return stacks
    .flatMap((stack) => stack.resources(FUNCTION))
    .filter(({ identity }) => !names.has(identity.ref) && !tokens.has(identity.attribute('Arn')))
    .map(({ logicalId }) => `${FUNCTION} ${logicalId} (nothing here calls it)`);
}

/** Undefined where it comes from outside the assembly: that is no function of it. */
function serviceToken(properties: Properties): string | undefined {
  try {
    return properties.optionalText('ServiceToken');
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
