// Shape: an API of L1 constructs, with integration URIs put together by hand, one Lambda asset of plain ES modules that import
// each other, the AWS SDK left to the runtime, and a deployment and a stage of their own. A room of people with names.
//
//   npx cdk synth --app "node infra/local/samples/cfn-api/app.ts" -o .local/cfn-api
//   npx node infra/local/cli.ts --assembly .local/cfn-api
import { App, Aws, CfnOutput, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnDeployment, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { join } from 'node:path';

class RoomStack extends Stack {
  constructor(scope: Construct) {
    super(scope, 'cfn-api-sample');
    const table = new Table(this, 'People', {
      partitionKey: { name: 'connectionId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const code = Code.fromAsset(join(import.meta.dirname, 'lambda'));
    const functionOf = (id: string, handler: string): Function => {
      const made = new Function(this, id, {
        code,
        handler,
        runtime: Runtime.NODEJS_22_X,
        environment: { PEOPLE: table.tableName },
      });
      table.grantReadWriteData(made);
      return made;
    };
    const presence = functionOf('Presence', 'presence.handler');
    const whisper = functionOf('Whisper', 'messages.whisper');
    const fallback = functionOf('Fallback', 'messages.fallback');

    const api = new CfnApi(this, 'Api', {
      name: 'cfn-api-sample',
      protocolType: 'WEBSOCKET',
      routeSelectionExpression: '$request.body.action',
    });
    const executeApi = `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.ref}`;
    const route = (routeKey: string, target: Function, id = routeKey.replace('$', '')): CfnRoute => {
      const integration = new CfnIntegration(this, `${id}Integration`, {
        apiId: api.ref,
        integrationType: 'AWS_PROXY',
        integrationUri: Fn.join('', [
          ...['arn:', Aws.PARTITION, ':apigateway:', Aws.REGION, ':lambda:path/2015-03-31/functions/'],
          ...[target.functionArn, '/invocations'],
        ]),
      });
      target.addPermission(`${id}Permission`, {
        principal: new ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: `${executeApi}/*/${routeKey}`,
      });
      return new CfnRoute(this, `${id}Route`, {
        apiId: api.ref,
        routeKey,
        authorizationType: 'NONE',
        target: Fn.sub('integrations/${Id}', { Id: integration.ref }),
      });
    };
    const routes = [
      route('$connect', presence),
      route('$disconnect', presence),
      route('$default', fallback),
      route('whisper', whisper),
    ];
    for (const talker of [whisper, fallback, presence]) {
      talker.addToRolePolicy(
        new PolicyStatement({
          actions: ['execute-api:ManageConnections'],
          resources: [`${executeApi}/*/POST/@connections/*`],
        }),
      );
    }
    const deployment = new CfnDeployment(this, 'Deployment', { apiId: api.ref });
    for (const one of routes) deployment.addResourceDependency(one);
    const stage = new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: 'prod',
      deploymentId: deployment.ref,
    });
    new CfnOutput(this, 'Url', {
      value: `wss://${api.ref}.execute-api.${Aws.REGION}.amazonaws.com/${stage.ref}`,
    });
  }
}

new RoomStack(new App());
