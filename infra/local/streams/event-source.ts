import { functionReference } from '../template/function-reference.ts';
import { arn } from '../template/identities.ts';
import type { Resource, Stack } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';
import { readFilter } from './filter.ts';

/** An `AWS::Lambda::EventSourceMapping` that gives the changes of a table to a function. */
export interface EventSource {
  readonly resource: Resource;
  readonly logicalId: string;
  readonly functionArn: string;
  readonly streamArn: string;
  /** The table's name. */
  readonly table: string;
  /** Which images of a row a record has, as a `StreamViewType`. */
  readonly view: string;
  readonly batchSize: number;
  /** How long to wait for a batch to fill. */
  readonly windowMs: number;
  /** Infinity: until the records are too old. */
  readonly retries: number;
  readonly maxAgeMs: number;
  readonly bisects: boolean;
  /** Whether the function says which records of a batch it could not handle. */
  readonly reportsFailures: boolean;
  readonly lets: (record: unknown) => boolean;
}

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const DAY_MS = 24 * 60 * 60 * 1000;

/** The mappings of streams of tables that the stacks have; one that is switched off is among the `resources` alone. */
export function readEventSources(stacks: readonly Stack[]): {
  readonly resources: readonly Resource[];
  readonly sources: readonly EventSource[];
} {
  const of = (type: string): Resource[] => stacks.flatMap((stack) => stack.resources(type));
  const tables = TABLES.flatMap(of);
  const found = of(MAPPING).flatMap((resource) => {
    const stream = resource.properties.optionalText('EventSourceArn');
    const table = tables.find(({ identity }) => identity.attribute('StreamArn') === stream);
    return table === undefined ? [] : [{ resource, table }];
  });
  return {
    resources: found.map(({ resource }) => resource),
    sources: found.flatMap(({ resource, table }) => (isEnabled(resource) ? [read(resource, table)] : [])),
  };
}

const isEnabled = ({ properties }: Resource): boolean => properties.optionalText('Enabled') !== 'false';

function read(resource: Resource, table: Resource): EventSource {
  const { logicalId, properties } = resource;
  const view = table.properties.inside('StreamSpecification').optionalText('StreamViewType');
  if (view === undefined) throw new TemplateError(`${logicalId}: ${table.logicalId} has no stream`);
  const { name, qualifier } = functionReference(properties.text('FunctionName'));
  const patterns = properties
    .inside('FilterCriteria')
    .list('Filters')
    .map((one) => one.text('Pattern'));
  return {
    resource,
    logicalId,
    functionArn: arn(
      resource.env,
      'lambda',
      ['function', name, qualifier].filter((part) => part !== undefined).join(':'),
    ),
    streamArn: table.identity.attribute('StreamArn'),
    table: table.identity.ref,
    view,
    batchSize: properties.optionalNumber('BatchSize') ?? 100,
    windowMs: (properties.optionalNumber('MaximumBatchingWindowInSeconds') ?? 0) * 1000,
    retries: unlimited(properties.optionalNumber('MaximumRetryAttempts')),
    maxAgeMs: Math.min(unlimited(properties.optionalNumber('MaximumRecordAgeInSeconds')) * 1000, DAY_MS),
    bisects: properties.optionalText('BisectBatchOnFunctionError') === 'true',
    reportsFailures: reported(properties.raw('FunctionResponseTypes')),
    lets: filter(logicalId, patterns),
  };
}

/** Minus one stands for no limit of its own. */
const unlimited = (value = -1): number => (value < 0 ? Infinity : value);

const reported = (types: unknown): boolean =>
  Array.isArray(types) && types.includes('ReportBatchItemFailures');

function filter(logicalId: string, patterns: readonly string[]): (record: unknown) => boolean {
  try {
    return readFilter(patterns);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new TemplateError(`${logicalId}: ${error.message}`);
  }
}
