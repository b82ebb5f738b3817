import { functionReference } from '../template/function-reference.ts';
import type { Properties } from '../template/properties.ts';
import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { codeFolder } from './code.ts';
import { layerFolders } from './layers.ts';
import { type Logging, readLogging } from './logging.ts';
import { refuseWrongOptions } from './node-options.ts';
import { refuseReserved } from './reserved-variables.ts';

/** Environment variables: name to value. */
export type Variables = Readonly<Record<string, string>>;

/** A function of the template, ready to be loaded. */
export interface LambdaFunction {
  readonly logicalId: string;
  readonly name: string;
  /** By which it is called: its own, or that of an alias or a version. */
  readonly arn: string;
  /** `$LATEST`, or the number of the version that is called, by itself or by an alias. */
  readonly version: string;
  /** As the template has it: `index.handler`. */
  readonly handler: string;
  /** The major version of Node.js that AWS would run it on. */
  readonly nodeVersion: number;
  /** The folder that would be unpacked at /var/task. */
  readonly code: string;
  /** The folders that would be unpacked at /opt, one over the other. */
  readonly layers: readonly string[];
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Variables;
  readonly logging: Logging;
}

/**
 * The function with this ARN, or the one behind the alias or the version with it (PARITY L21); undefined when the stacks
 * have none; an error when they have one that cannot be run here. `variables` stand over those of its own.
 */
export function findFunction(
  stacks: readonly Stack[],
  arn: string,
  variables: Variables = {},
): LambdaFunction | undefined {
  const { qualifier } = functionReference(arn);
  const version = qualifier === undefined ? '$LATEST' : versionBehind(stacks, arn);
  if (version === undefined) return undefined;
  const unqualified = arn.split(':').slice(0, 7).join(':');
  for (const stack of stacks) {
    const resource = stack
      .resources('AWS::Lambda::Function')
      .find(({ identity }) => identity.attribute('Arn') === unqualified);
    if (resource !== undefined) return readFunction(stacks, stack, resource, { arn, version }, variables);
  }
  return undefined;
}

/** The version that has this ARN, or that the alias with it points to. */
function versionBehind(stacks: readonly Stack[], arn: string): string | undefined {
  const find = (type: string): Resource | undefined =>
    stacks.flatMap((stack) => stack.resources(type)).find(({ identity }) => identity.ref === arn);
  return (
    find('AWS::Lambda::Version')?.identity.attribute('Version') ??
    find('AWS::Lambda::Alias')?.properties.text('FunctionVersion')
  );
}

function readFunction(
  stacks: readonly Stack[],
  stack: Stack,
  resource: Resource,
  called: Pick<LambdaFunction, 'arn' | 'version'>,
  variables: Variables,
): LambdaFunction {
  const { logicalId, identity, properties } = resource;
  const runtime = properties.optionalText('Runtime') ?? 'none (a container image)';
  const nodeVersion = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  if (nodeVersion === undefined) {
    throw new TemplateError(`${logicalId}: only Node.js functions run here; its runtime is ${runtime}`);
  }
  const environment = { ...ownVariables(properties, Object.keys(variables)), ...variables };
  refuseReserved(logicalId, environment);
  refuseWrongOptions(logicalId, environment['NODE_OPTIONS']);
  return {
    logicalId,
    name: identity.ref,
    ...called,
    handler: properties.text('Handler'),
    nodeVersion: Number(nodeVersion),
    code: codeFolder(stack, resource),
    layers: layerFolders(stacks, resource),
    timeoutMs: limited(resource, 'Timeout', 3) * 1000,
    memoryMb: limited(resource, 'MemorySize', 128),
    environment,
    logging: readLogging(identity.ref, properties),
  };
}

/** Those of the template, but for what is given: that may be there because only an account could tell the template's. */
function ownVariables(properties: Properties, given: readonly string[]): Variables {
  try {
    return properties.inside('Environment').inside('Variables').texts(given);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new TemplateError(`${error.message}; --env NAME=value would stand over it`);
  }
}

/** What Lambda lets a function have: seconds, and megabytes (docs: Lambda quotas; PARITY L34). */
const LIMITS = { Timeout: { least: 1, most: 900 }, MemorySize: { least: 128, most: 10_240 } };

function limited({ logicalId, properties }: Resource, name: keyof typeof LIMITS, usual: number): number {
  const value = properties.optionalNumber(name) ?? usual;
  const { least, most } = LIMITS[name];
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new TemplateError(`${logicalId}: ${name} is no whole number from ${least} to ${most}`);
}
