import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { deepEqual } from 'node:assert/strict';
import { type Item, type Key, Table } from '../../functions/table.ts';
import { startDatabase } from '../../functions/testing/database.ts';
import { Seat } from './seat.ts';
import { ModelTable } from './table.ts';

// Few keys and values, so that they meet.
const small = fc.constantFrom('1', '2', '10');
const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  small.map((N) => ({ N })),
  small.map((S) => ({ S })),
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  scalar,
  fc.uniqueArray(small, { minLength: 1 }).map((SS) => ({ SS })),
);
const key: fc.Arbitrary<Key> = fc.record({
  pk: fc.constantFrom('p', 'q'),
  sk: fc.constantFrom('a', 'B', 'ü'),
});
const item: fc.Arbitrary<Item> = fc.record({ x: value, expiresAt: fc.constantFrom({ N: '1' }, { N: '9' }) });
const sets: fc.Arbitrary<Item> = fc.uniqueArray(small, { minLength: 1 }).map((SS) => ({ s: { SS } }));

/** A condition on `x`, `y` and `s` with every part of the language that the registry speaks. */
const term = fc.oneof(
  fc.constantFrom('attribute_exists(#x)', 'attribute_not_exists(#y)', 'size(#s) < :n', 'size(#x) <= :n'),
  fc
    .constantFrom('#x', '#y')
    .chain((name) => fc.constantFrom('=', '<', '<=', '>').map((operator) => `${name} ${operator} :v`)),
);
const condition = fc
  .tuple(term, fc.constantFrom('AND', 'OR'), term, fc.constantFrom('AND', 'OR'), term, fc.boolean())
  .map(([a, one, b, other, c, inside]) =>
    inside ? `${a} ${one} (${b} ${other} ${c})` : `${a} ${one} ${b} ${other} ${c}`,
  );
// DynamoDB refuses a value that its expression does not use.
const when = fc.tuple(condition, scalar).map(([text, v]) => ({
  text: `${text} OR #y = :v AND #y = :n`,
  values: { ':v': v, ':n': { N: '2' } },
}));

const KINDS = ['putAll', 'get', 'remove', 'removeIf', 'update', 'upsert'] as const;
const deed = fc.record({ kind: fc.constantFrom(...KINDS), at: key, what: item, add: sets, when });
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function act(table: Table, { kind, at, what, add, when }: Deed): Promise<unknown> {
  switch (kind) {
    case 'putAll':
      return table.putAll([[at, what]]);
    case 'get':
      return table.get(at);
    case 'remove':
      return table.remove(at);
    case 'removeIf':
      return table.remove(at, when);
    case 'update':
      return table.update(at, what, when);
    case 'upsert':
      return table.upsert(at, what, add, when);
  }
}

describe('ModelTable', () => {
  const NOW = 5_000;
  const PARTITIONS = ['p', 'q'];
  let database: Awaited<ReturnType<typeof startDatabase>>;
  beforeEach(async () => (database = await startDatabase()));
  afterEach(() => database.close());

  function modelled(pageSize?: number): Table {
    const items = new ModelTable(pageSize);
    const seat = new Seat();
    seat.host = {
      table: (command, input) => new Promise((resolve) => resolve(items.execute(command, input))),
      post: () => Promise.reject(new Error('nothing is posted here')),
    };
    return new Table(seat.database, database.tableName, () => NOW);
  }
  const contents = async (table: Table) => Promise.all(PARTITIONS.map((pk) => table.partition(pk)));
  /** Sets have no order. */
  const sorted = (found: unknown): unknown =>
    JSON.parse(JSON.stringify(found ?? null), (name, part: unknown) =>
      name === 'SS' && Array.isArray(part) ? part.toSorted() : part,
    );

  it('does what dynalite does, conditions included, whatever is done in whatever order', async () => {
    const real = new Table(database.client, database.tableName, () => NOW);
    // What has expired is invisible to the table, and has to be removed all the same.
    const eternal = new Table(database.client, database.tableName, () => 0);
    const property = fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 12 }), async (deeds) => {
        for (const { pk, sk } of (await contents(eternal)).flat())
          await eternal.remove({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
        const model = modelled();
        for (const deed of deeds) deepEqual(sorted(await act(model, deed)), sorted(await act(real, deed)));
        deepEqual(sorted(await contents(model)), sorted(await contents(real)));
      }),
      { numRuns: 200 },
    );
    await expectAsync(property).toBeResolved();
  });

  it('gives a partition in pages', async () => {
    const table = modelled(2);
    for (const sk of ['c', 'a', 'd', 'b', 'e'])
      await table.putAll([[{ pk: 'p', sk }, { expiresAt: { N: '9' } }]]);
    expect((await table.partition('p')).map(({ sk }) => sk?.S)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
