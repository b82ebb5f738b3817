import { NESTED_STACK, type RawResource, type StackTemplate } from '../template/assembly.ts';

/** What the runner reads once, at its start. Functions are not among it: they are given anew. */
const READ_AT_START = [
  /^AWS::ApiGatewayV2::(?!Deployment$)/,
  /^AWS::Lambda::Permission$/,
  /^AWS::DynamoDB::/,
];

/** Parts of a template that say what its resources are. */
const SECTIONS = ['parameters', 'conditions', 'mappings'] as const;

/** What differs between the stacks that run and those of now, and only a restart brings about: `stack: logical id or section`. */
export function needsRestart(running: readonly StackTemplate[], now: readonly StackTemplate[]): string[] {
  const before = new Map(running.map((template) => [template.name, template]));
  const after = new Map(now.map((template) => [template.name, template]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, current] = [before.get(name), after.get(name)];
    if (old === undefined || current === undefined) return [name];
    return differences(old, current).map((one) => `${name}: ${one}`);
  });
}

function differences(old: StackTemplate, now: StackTemplate): string[] {
  const logicalIds = new Set([...Object.keys(old.resources), ...Object.keys(now.resources)]);
  return [
    ...SECTIONS.filter((section) => !same(old[section], now[section])),
    ...[...logicalIds].filter((id) => !same(readAtStart(old.resources[id]), readAtStart(now.resources[id]))),
  ];
}

/** As much of a resource as the start has made something of. */
function readAtStart(resource: RawResource | undefined): unknown {
  if (resource === undefined) return undefined;
  // Its TemplateURL is a hash, and its functions' code is in it.
  if (resource.Type === NESTED_STACK) return resource.Properties?.['Parameters'] ?? {};
  return READ_AT_START.some((type) => type.test(resource.Type)) ? resource : undefined;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
