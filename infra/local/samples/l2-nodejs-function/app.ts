// Shape: WebSocketApi with its L2 constructs, NodejsFunctions bundled by esbuild as CDK does it by default (CommonJS, the AWS SDK
// left out), a DynamoDB table, and the callback URL in an environment variable. A chat where everybody hears everything.
//
//   npx cdk synth --app "node infra/local/samples/l2-nodejs-function/app.ts" -o .local/l2-nodejs-function
//   npx node infra/local/cli.ts --assembly .local/l2-nodejs-function
import { App, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import { join } from 'node:path';

class ChatStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const connections = new Table(this, 'Connections', {
      partitionKey: { name: 'connectionId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const functionOf = (name: string): NodejsFunction =>
      new NodejsFunction(this, name, {
        entry: join(import.meta.dirname, 'lambda', `${name}.ts`),
        runtime: Runtime.NODEJS_22_X,
        environment: { TABLE_NAME: connections.tableName },
      });
    const connect = functionOf('connect');
    const disconnect = functionOf('disconnect');
    const say = functionOf('say');
    const count = functionOf('count');

    const api = new WebSocketApi(this, 'Chat', {
      connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', connect) },
      disconnectRouteOptions: { integration: new WebSocketLambdaIntegration('Disconnect', disconnect) },
    });
    api.addRoute('say', { integration: new WebSocketLambdaIntegration('Say', say) });
    api.addRoute('count', {
      integration: new WebSocketLambdaIntegration('Count', count),
      returnResponse: true,
    });
    const stage = new WebSocketStage(this, 'Dev', { webSocketApi: api, stageName: 'dev', autoDeploy: true });

    connections.grantWriteData(connect);
    connections.grantWriteData(disconnect);
    connections.grantReadWriteData(say);
    connections.grantReadData(count);
    stage.grantManagementApiAccess(say);
    say.addEnvironment('CALLBACK_URL', stage.callbackUrl);
    new CfnOutput(this, 'Url', { value: stage.url });
  }
}

new ChatStack(new App(), 'l2-nodejs-function-sample');
