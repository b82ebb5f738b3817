import type { Properties } from '../template/properties.ts';
import type { Resource } from '../template/stack.ts';
import { TemplateError } from '../template/values.ts';

/** What a table of this runner does, and what it may do without, because no handler could tell the difference. */
const SUPPORTED = new Set([
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'Replicas',
  'TableName',
  'TimeToLiveSpecification',
  // Capacity and its price.
  'BillingMode',
  'OnDemandThroughput',
  'ProvisionedThroughput',
  'ReadOnDemandThroughputSettings',
  'ReadProvisionedThroughputSettings',
  'TableClass',
  'WarmThroughput',
  'WriteOnDemandThroughputSettings',
  'WriteProvisionedThroughputSettings',
  // Operation and access.
  'ContributorInsightsSpecification',
  'DeletionProtectionEnabled',
  'PointInTimeRecoverySpecification',
  'ResourcePolicy',
  'SSESpecification',
  'Tags',
  // Other Regions.
  'GlobalTableSettingsReplicationMode',
  'GlobalTableWitnesses',
  'MultiRegionConsistency',
]);
/** What stands beside the table and does not change what it answers: named at the start, as long as nobody reads it (PARITY F6). */
const STREAM = 'StreamSpecification';

/** Refuses a table with a feature that it would not have here (PARITY T5). */
export function refuseUnsupported({ logicalId, type, env, properties }: Resource): void {
  const replicas = properties.list('Replicas');
  // AWS demands a stream of a table in several Regions, and copies the rows by it.
  if (type === 'AWS::DynamoDB::GlobalTable' && replicas.length > 1) properties.has(STREAM);
  const unsupported = properties.names().filter((name) => !SUPPORTED.has(name) && name !== STREAM);
  if (replicas.some((one) => streamsToKinesis(one, env.region)))
    unsupported.push('KinesisStreamSpecification');
  if (unsupported.length > 0) {
    throw new TemplateError(`${logicalId}: the local table does not have ${unsupported.join(', ')}`);
  }
}

const streamsToKinesis = (replica: Properties, region: string): boolean =>
  replica.optionalText('Region') === region && replica.has('KinesisStreamSpecification');
