import { NESTED_STACK } from '../template/identities.ts';
import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';

/** What the runner reads once, at its start. Functions are not among it: they are given anew. */
const READ_AT_START = [
  /^AWS::ApiGatewayV2::(?!Deployment$)/,
  /^AWS::Lambda::(Permission|EventSourceMapping)$/,
  /^AWS::DynamoDB::/,
];

/** Parts of a template that say what its resources are. */
const SECTIONS = ['parameters', 'conditions', 'mappings'] as const;

/** What differs between the stacks that run and those of now, and only a restart brings about: `stack: logical id or section`. */
export function needsRestart(running: readonly Stack[], now: readonly Stack[]): string[] {
  const before = new Map(running.map((stack) => [stack.name, stack]));
  const after = new Map(now.map((stack) => [stack.name, stack]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, current] = [before.get(name), after.get(name)];
    if (old === undefined || current === undefined) return [name];
    return differences(old, current).map((one) => `${name}: ${one}`);
  });
}

function differences(old: Stack, now: Stack): string[] {
  const [before, after] = [readAtStart(old), readAtStart(now)];
  const logicalIds = new Set([...before.keys(), ...after.keys()]);
  return [
    ...SECTIONS.filter((section) => !same(old.template[section], now.template[section])),
    ...[...logicalIds].filter((id) => !same(before.get(id), after.get(id))),
  ];
}

/** As much of the resources as the start has made something of, by logical id. */
function readAtStart(stack: Stack): Map<string, unknown> {
  const types = new Set(stack.types());
  const of = (type: string): Resource[] => stack.resources(type);
  const read = [...types].filter((type) => READ_AT_START.some((one) => one.test(type))).flatMap(of);
  const nested = types.has(NESTED_STACK) ? of(NESTED_STACK) : [];
  return new Map([
    ...read.map((one): [string, unknown] => [one.logicalId, [one.type, resolved(stack, one)]]),
    // Its TemplateURL is a hash, and its functions' code is in it.
    ...nested.map((one): [string, unknown] => [one.logicalId, resolved(stack, one)['Parameters'] ?? {}]),
  ]);
}

/**
 * The properties with what they refer to in its place: a version that CDK publishes of new code has another logical id, by
 * which integrations and permissions name it, and the same ARN here (PARITY L21).
 */
function resolved({ template }: Stack, { logicalId, properties }: Resource): Record<string, unknown> {
  const raw = template.resources[logicalId]?.Properties ?? {};
  return Object.fromEntries(
    Object.entries(raw).map(([name, written]) => {
      try {
        return [name, properties.raw(name)];
      } catch (error) {
        if (error instanceof TemplateError) return [name, written]; // Nobody has needed its value.
        throw error;
      }
    }),
  );
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
