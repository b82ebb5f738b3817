import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { codeFolder } from './code.ts';
import { refuseReserved } from './reserved-variables.ts';

/** A function of the template, ready to be loaded. */
export interface LambdaFunction {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** As the template has it: `index.handler`. */
  readonly handler: string;
  /** The major version of Node.js that AWS would run it on. */
  readonly nodeVersion: number;
  /** The folder that would be unpacked at /var/task. */
  readonly code: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** The function with this ARN, or undefined when the stack has none; an error when it has one that cannot be run here. */
export function findFunction(stack: Stack, arn: string): LambdaFunction | undefined {
  const resource = stack
    .resources('AWS::Lambda::Function')
    .find(({ identity }) => identity.attribute('Arn') === arn);
  return resource === undefined ? undefined : readFunction(stack, resource);
}

function readFunction(stack: Stack, resource: Resource): LambdaFunction {
  const { logicalId, identity, properties } = resource;
  const runtime = properties.optionalText('Runtime') ?? 'none (a container image)';
  const nodeVersion = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  if (nodeVersion === undefined) {
    throw new TemplateError(`${logicalId}: only Node.js functions run here; its runtime is ${runtime}`);
  }
  const layers = properties.raw('Layers');
  if (Array.isArray(layers) && layers.length > 0)
    throw new TemplateError(`${logicalId}: layers are not supported`);
  const environment = properties.inside('Environment').inside('Variables').texts();
  refuseReserved(logicalId, environment);
  return {
    logicalId,
    name: identity.ref,
    arn: identity.attribute('Arn'),
    handler: properties.text('Handler'),
    nodeVersion: Number(nodeVersion),
    code: codeFolder(stack, resource),
    timeoutMs: (properties.optionalNumber('Timeout') ?? 3) * 1000,
    memoryMb: properties.optionalNumber('MemorySize') ?? 128,
    environment,
  };
}
