import { Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface WebSocketGatewayProps {
  readonly apiName: string;
  readonly stageName: string;
}

/** The WebSocket API and its one stage. */
export class WebSocketGateway extends Construct {
  readonly stage: WebSocketStage;
  readonly #api: WebSocketApi;

  constructor(scope: Construct, id: string, { apiName, stageName }: WebSocketGatewayProps) {
    super(scope, id);
    this.#api = new WebSocketApi(this, 'Api', { apiName, routeSelectionExpression: '$request.body.action' });
    this.stage = new WebSocketStage(this, 'Stage', { webSocketApi: this.#api, stageName, autoDeploy: true });
  }

  /** Sends what `routeKey` selects to `handler`. */
  route(routeKey: string, handler: LambdaFunction): void {
    const integration = new WebSocketLambdaIntegration(`${handler.node.id}Integration`, handler);
    this.#api.addRoute(routeKey, { integration });
  }

  /** Lets `handler` post to the connections of this stage. The stage's own grant would let it close and read them too. */
  grantPost(handler: LambdaFunction): void {
    const connections = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.#api.apiId,
      resourceName: `${this.stage.stageName}/POST/@connections/*`,
    });
    handler.addToRolePolicy(
      new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [connections] }),
    );
  }
}
