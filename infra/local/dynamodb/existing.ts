import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../template/values.ts';
import type { Table } from './table.ts';

/** The parts in which a table that is already there differs from the one that the template has. */
export function differences(table: Table, existing: unknown): string[] {
  const described = isRecord(existing) ? existing : {};
  return Object.entries(PARTS)
    .filter(([name, normal]) => !isDeepStrictEqual(normal(table.create[name]), normal(described[name])))
    .map(([name]) => name);
}

/** Without the order, which means nothing, and without what DynamoDB adds when it describes an index. */
const byName = (field: string, normal: (one: Readonly<Record<string, unknown>>) => unknown) => {
  return (list: unknown): Record<string, unknown> =>
    Object.fromEntries(
      (Array.isArray(list) ? list : []).filter(isRecord).map((one) => [String(one[field]), normal(one)]),
    );
};
const index = byName('IndexName', ({ KeySchema, Projection }) => ({ KeySchema, Projection }));

const PARTS: Readonly<Record<string, (part: unknown) => unknown>> = {
  KeySchema: (part) => part,
  AttributeDefinitions: byName('AttributeName', ({ AttributeType }) => AttributeType),
  GlobalSecondaryIndexes: index,
  LocalSecondaryIndexes: index,
};
