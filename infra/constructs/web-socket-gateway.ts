import { CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import {
  ApiMapping,
  type CfnApi,
  DomainName,
  SecurityPolicy,
  WebSocketApi,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { ApiLogs } from './api-logs.ts';

export interface WebSocketGatewayProps extends Pick<
  Settings,
  'throttle' | 'domain' | 'auth' | 'apiLogs' | 'apiLogsRole'
> {
  readonly apiName: string;
  readonly stageName: string;
}

/** The WebSocket API and its one stage. */
export class WebSocketGateway extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  /** Where clients connect: the API's own name, or that of the domain. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: WebSocketGatewayProps) {
    super(scope, id);
    const { apiName, stageName, throttle, domain, auth, apiLogs, apiLogsRole } = props;
    this.api = new WebSocketApi(this, 'Api', { apiName, routeSelectionExpression: '$request.body.action' });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName,
      autoDeploy: true,
      throttle,
      detailedMetricsEnabled: true,
    });
    if (apiLogs) new ApiLogs(this, 'Logs', { api: this.api, stage: this.stage, makesRole: apiLogsRole });
    else {
      Validations.of(this.stage).acknowledge({
        id: 'AwsSolutions::AwsSolutions-APIG1',
        reason: 'Its logs need a role that a fresh account has not; -c apiLogs=true brings them.',
      });
    }
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason: auth
        ? 'Who connects has signed in. API Gateway knows authorizers of a WebSocket API on $connect only.'
        : 'Anyone may connect unless -c auth=jwt is given, as the README says.',
    });
    this.url = domain ? this.#domain(domain) : this.stage.url;
  }

  /** Sends what `routeKey` selects to `handler`; `$connect` not before the `authorizer` has agreed. */
  route(routeKey: string, handler: LambdaFunction, authorizer?: LambdaFunction): void {
    const integration = new WebSocketLambdaIntegration(`${handler.node.id}Integration`, handler);
    // Where the token stands: without that header API Gateway answers 401 itself. It keeps no answer for the next handshake.
    const identitySource = ['route.request.header.Sec-WebSocket-Protocol'];
    this.api.addRoute(routeKey, {
      integration,
      ...(authorizer && {
        authorizer: new WebSocketLambdaAuthorizer('SignIn', authorizer, { identitySource }),
      }),
    });
  }

  /** Lets `handler` post to the connections of this stage. The stage's own grant would let it close and read them too. */
  grantPost(handler: LambdaFunction): void {
    const connections = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.api.apiId,
      resourceName: `${this.stage.stageName}/POST/@connections/*`,
    });
    handler.addToRolePolicy(
      new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [connections] }),
    );
    const id = Stack.of(this).getLogicalId(this.api.node.defaultChild as CfnApi);
    const resource = `execute-api:<AWS::Region>:<AWS::AccountId>:<${id}>/${this.stage.stageName}/POST/@connections/*`;
    Validations.of(handler.role ?? handler).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${resource}]`,
      reason:
        'Connections come and go: which ones there are is not known beforehand. Posting is all it may do to them.',
    });
  }

  /** Posts go by the API's own name all the same: `callbackUrl` stays what it is. */
  #domain({ name, certificateArn }: NonNullable<Settings['domain']>): string {
    const domainName = new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'Mapping', { api: this.api, domainName, stage: this.stage });
    new CfnOutput(this, 'DomainTarget', {
      value: domainName.regionalDomainName,
      description: `What ${name} must point to: an alias or CNAME record of your DNS`,
    });
    return `wss://${name}`;
  }
}
