import type { Stack } from './stack.ts';

/** Properties of a resource that is run, of which nothing here makes anything. */
export interface NotEmulated {
  readonly type: string;
  readonly logicalId: string;
  readonly properties: readonly string[];
}

/** They are read to find a resource, and say nothing about whether it is run. */
const FOUND_BY = new Set([
  'ApiId',
  'EventSourceArn',
  'ProtocolType',
  'FunctionName',
  'StageName',
  'TableName',
]);

/** What neither a handler nor a client can notice, by type; of other types nothing is run. */
const UNNOTICED: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['ApiKeySelectionExpression', 'DisableSchemaValidation', 'IpAddressType'],
  'AWS::ApiGatewayV2::Authorizer': ['Name'],
  // API Gateway calls functions by POST and over the internet, whatever stands there.
  'AWS::ApiGatewayV2::Integration': ['ConnectionType', 'IntegrationMethod'],
  // That of a proxy integration has no effect, and no more is read than whose it is.
  'AWS::ApiGatewayV2::IntegrationResponse': [
    'ContentHandlingStrategy',
    'IntegrationResponseKey',
    'ResponseParameters',
    'ResponseTemplates',
    'TemplateSelectionExpression',
  ],
  // Of one that no route has, no more than the name is read.
  'AWS::ApiGatewayV2::Model': ['ContentType', 'Schema'],
  'AWS::ApiGatewayV2::Route': ['OperationName'],
  // API Gateway itself does nothing with models of responses (docs: selection expressions).
  'AWS::ApiGatewayV2::RouteResponse': ['ModelSelectionExpression', 'ResponseModels'],
  'AWS::ApiGatewayV2::Stage': ['AutoDeploy', 'DefaultRouteSettings.DetailedMetricsEnabled', 'DeploymentId'],
  'AWS::DynamoDB::GlobalTable': [
    'BillingMode',
    'Replicas',
    'SSESpecification',
    'WarmThroughput',
    'WriteOnDemandThroughputSettings',
    'WriteProvisionedThroughputSettings',
  ],
  'AWS::DynamoDB::Table': [
    'BillingMode',
    'ContributorInsightsSpecification',
    'DeletionProtectionEnabled',
    'OnDemandThroughput',
    'PointInTimeRecoverySpecification',
    'ProvisionedThroughput',
    'ResourcePolicy',
    'SSESpecification',
    'TableClass',
    'WarmThroughput',
  ],
  'AWS::Lambda::LayerVersion': [
    'CompatibleArchitectures',
    'CompatibleRuntimes',
    'Content.S3Bucket',
    'Content.S3ObjectVersion',
    'LayerName',
    'LicenseInfo',
  ],
  // Where a stream begins is where this runner does; of what it measures and encrypts nothing is seen.
  'AWS::Lambda::EventSourceMapping': [
    'KmsKeyArn',
    'MetricsConfig',
    'StartingPosition',
    'StartingPositionTimestamp',
  ],
  'AWS::Lambda::Alias': ['ProvisionedConcurrencyConfig'],
  'AWS::Lambda::Function': [
    'Architectures',
    'Code.S3Bucket',
    'Code.S3ObjectVersion',
    'Code.SourceKMSKeyArn',
    'CodeSigningConfigArn',
    'KmsKeyArn',
    'LoggingConfig.SystemLogLevel',
    'PackageType',
    'Role',
    'RuntimeManagementConfig',
    'SnapStart',
  ],
  // Of one for a service other than API Gateway, no more than that is read.
  'AWS::Lambda::Permission': [
    'Action',
    'EventSourceToken',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],
  'AWS::Lambda::Version': ['CodeSha256', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'],
};
const ALWAYS_UNNOTICED = ['Description', 'Tags'];

/** What nobody has read of the resources that are run; asked once all of them have been read. */
export const notEmulated = (stacks: readonly Stack[]): NotEmulated[] =>
  stacks
    .flatMap((stack) => stack.looked())
    .flatMap(({ type, logicalId, properties }) => {
      const unnoticed = UNNOTICED[type];
      const isRun = properties.read().some((name) => !FOUND_BY.has(name));
      if (unnoticed === undefined || !isRun) return [];
      const names = properties
        .unread()
        .filter((name) => !unnoticed.includes(name) && !ALWAYS_UNNOTICED.includes(name));
      return names.length > 0 ? [{ type, logicalId, properties: names }] : [];
    });

/** One line for each type: `Not emulated of Stage: AccessLogSettings (Dev, Prod)`. */
export function notEmulatedLines(list: readonly NotEmulated[]): string[] {
  const byType = new Map<string, Map<string, string[]>>();
  for (const { type, logicalId, properties } of list) {
    const holders = byType.get(type) ?? new Map<string, string[]>();
    byType.set(type, holders);
    for (const property of properties) holders.set(property, [...(holders.get(property) ?? []), logicalId]);
  }
  return [...byType].map(([type, holders]) => {
    const what = [...holders].map(([property, logicalIds]) => `${property} (${logicalIds.join(', ')})`);
    return `Not emulated of ${type.split('::').at(-1) ?? type}: ${what.join(', ')}`;
  });
}
