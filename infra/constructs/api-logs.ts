import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import type { CfnStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface ApiLogsProps {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  /** Whether this stack makes the role with which API Gateway writes logs the account's: there is one for each Region. */
  readonly makesRole: boolean;
}

/** What a line of the access log tells. No query string and no body: what is secret, or was said, is in those. */
const FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  requestTime: '$context.requestTime',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  connectionId: '$context.connectionId',
  status: '$context.status',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
  integrationStatus: '$context.integrationStatus',
  integrationLatency: '$context.integrationLatency',
});

/** The API's access log, and its execution log of errors, each kept for a month. */
export class ApiLogs extends Construct {
  constructor(scope: Construct, id: string, { api, stage, makesRole }: ApiLogsProps) {
    super(scope, id);
    const kept = { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY };
    const access = new LogGroup(this, 'Access', kept);
    // API Gateway names this group itself, and would keep it for ever.
    const execution = new LogGroup(this, 'Execution', {
      ...kept,
      logGroupName: `/aws/apigateway/${api.apiId}/${stage.stageName}`,
    });
    const resource = stage.node.defaultChild as CfnStage;
    resource.accessLogSettings = { destinationArn: access.logGroupArn, format: FORMAT };
    resource.addPropertyOverride('DefaultRouteSettings.LoggingLevel', 'ERROR');
    // With it, what people say would stand in the log.
    resource.addPropertyOverride('DefaultRouteSettings.DataTraceEnabled', false);
    resource.node.addDependency(execution);
    if (makesRole) resource.node.addDependency(this.#account());
  }

  #account(): CfnAccount {
    const role = new Role(this, 'Role', {
      description: 'Lets API Gateway write the logs of all APIs of this account and Region',
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      reason: 'The policy that AWS names for this role, which serves every API of the account.',
    });
    // Other APIs of the account may write with it when this stack is gone.
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }
}
