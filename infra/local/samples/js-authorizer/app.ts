// Shape: a folder of plain JavaScript (CommonJS, no package.json) as the asset of every function, and a REQUEST authorizer whose
// context later events have. Who has a token is let in, and is known by its name from then on.
//
//   npx cdk synth --app "node infra/local/samples/js-authorizer/app.ts" -o .local/js-authorizer
//   npx node infra/local/cli.ts --assembly .local/js-authorizer
//   npx wscat -c 'ws://localhost:3001/v1?token=ada.1MjmIzOPEsU_DeV_EZZeesOiqzXXPtxtNeiVZFbcXak'
import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { join } from 'node:path';

const stack = new Stack(new App(), 'js-authorizer-sample');
const code = lambda.Code.fromAsset(join(import.meta.dirname, 'lambda'));
const functionOf = (id: string, handler: string): lambda.Function =>
  new lambda.Function(stack, id, {
    code,
    handler,
    runtime: lambda.Runtime.NODEJS_24_X,
    environment: { SECRET: 'for a sample only' },
  });
const chat = functionOf('Chat', 'chat.handler');

const api = new WebSocketApi(stack, 'Api', {
  connectRouteOptions: {
    integration: new WebSocketLambdaIntegration('Connect', chat),
    authorizer: new WebSocketLambdaAuthorizer('Authorizer', functionOf('Authorize', 'authorizer.handler'), {
      identitySource: ['route.request.querystring.token'],
    }),
  },
  disconnectRouteOptions: { integration: new WebSocketLambdaIntegration('Disconnect', chat) },
});
api.addRoute('whoami', { integration: new WebSocketLambdaIntegration('Who', chat), returnResponse: true });
api.addRoute('kick', { integration: new WebSocketLambdaIntegration('Kick', chat) });
const stage = new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'v1', autoDeploy: true });
stage.grantManagementApiAccess(chat);
