import type { Resource, Stack } from '../template/stack.ts';

/** A table of the template, as the input of a CreateTable call. */
export interface Table {
  readonly logicalId: string;
  readonly name: string;
  readonly create: Readonly<Record<string, unknown>>;
}

/** What CreateTable takes over from the template as it stands. */
const TAKEN_OVER = ['AttributeDefinitions', 'KeySchema', 'LocalSecondaryIndexes'];

/** The tables of a stack: `Table`, and `GlobalTable`, of which this Region's replica is run. */
export function readTables(stack: Stack): Table[] {
  return ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable']
    .flatMap((type) => stack.resources(type))
    .map(readTable);
}

function readTable({ logicalId, identity, properties }: Resource): Table {
  const indexes = properties.list('GlobalSecondaryIndexes');
  return {
    logicalId,
    name: identity.ref,
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
