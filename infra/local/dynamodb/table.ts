import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { refuseUnsupported } from './features.ts';

/** A table of the template, as the input of a CreateTable call. */
export interface Table {
  readonly logicalId: string;
  readonly name: string;
  readonly create: Readonly<Record<string, unknown>>;
  /** The names of its key's attributes. */
  readonly key: readonly string[];
  /** The attribute that says when a row expires, if the table has one. */
  readonly ttl?: string;
}

/** What CreateTable takes over from the template as it stands. */
const TAKEN_OVER = ['AttributeDefinitions', 'KeySchema', 'LocalSecondaryIndexes'];

/** The tables of a stack: `Table`, and `GlobalTable`, of which this Region's replica is run. */
export function readTables(stack: Stack): Table[] {
  return ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']
    .flatMap((type) => stack.resources(type))
    .map(readTable);
}

function readTable(resource: Resource): Table {
  refuseUnsupported(resource);
  const { logicalId, identity, properties } = resource;
  const indexes = properties.list('GlobalSecondaryIndexes');
  const ttl = readTtl(resource);
  return {
    logicalId,
    name: identity.ref,
    key: properties.list('KeySchema').map((part) => part.text('AttributeName')),
    ...(ttl !== undefined && { ttl }),
    create: {
      TableName: identity.ref,
      // Capacity is not emulated, so every table is on demand.
      BillingMode: 'PAY_PER_REQUEST',
      ...Object.fromEntries(
        TAKEN_OVER.filter((name) => properties.has(name)).map((name) => [name, properties.raw(name)]),
      ),
      ...(indexes.length > 0 && {
        GlobalSecondaryIndexes: indexes.map((index) => ({
          IndexName: index.text('IndexName'),
          KeySchema: index.raw('KeySchema'),
          Projection: index.raw('Projection'),
        })),
      }),
    },
  };
}

function readTtl({ logicalId, properties }: Resource): string | undefined {
  if (!properties.has('TimeToLiveSpecification')) return undefined;
  const specification = properties.inside('TimeToLiveSpecification');
  // CloudFormation takes a boolean written as text, too.
  const enabled = String(specification.raw('Enabled'));
  if (enabled === 'false') return undefined;
  if (enabled === 'true') return specification.text('AttributeName');
  throw new TemplateError(`${logicalId}: TimeToLiveSpecification.Enabled must be true or false`);
}
