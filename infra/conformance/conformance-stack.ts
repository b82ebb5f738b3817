import { CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnIntegration,
  CfnRoute,
  CfnStage,
  WebSocketApi,
  type WebSocketApiProps,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer, WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import { MappingApi } from './mapping-api.ts';

/** Of `$connect` and of the route `slow`: shorter than what their functions can be told to take. */
const CONNECT_TIMEOUT = Duration.seconds(3);
const SLOW_TIMEOUT = Duration.millis(500);

/** Routes of the main API, and whether they answer. It has no `$default`. */
const ROUTES: Readonly<Record<string, boolean>> = {
  event: true,
  length: true,
  status: true,
  empty: true,
  oneWay: false,
  self: false,
  throw: false,
  exit: false,
  never: false,
  unknownKey: false,
  nothing: false,
  slow: false,
  refused: true,
};

/**
 * Five APIs, each with one stage `test`: the main one; one that selects by two nested keys, has `$default` and stage
 * variables and no `$connect`; one with an authorizer; one with mappings; and one that wants a signed handshake.
 * The outputs name the command that asks them.
 */
export class ConformanceStack extends Stack {
  constructor(scope: Construct) {
    super(scope, 'hello-websocket-conformance');
    const table = new Table(this, 'Observers', {
      partitionKey: { name: 'connectionId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const presence = this.#function('presence', { TABLE: table.tableName });
    table.grantReadWriteData(presence);
    const conversation = this.#function('conversation');
    const authorizer = this.#function('authorizer');

    const main = this.#api('conformance', {
      connectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Connect', presence, { timeout: CONNECT_TIMEOUT }),
      },
      disconnectRouteOptions: { integration: new WebSocketLambdaIntegration('Disconnect', presence) },
    });
    const routes = Object.entries(ROUTES).map(([key, returnResponse]) =>
      main.api.addRoute(key, {
        integration: new WebSocketLambdaIntegration(key, conversation, {
          ...(key === 'slow' && { timeout: SLOW_TIMEOUT }),
        }),
        returnResponse,
      }),
    );
    main.api.addRoute('ticks', {
      integration: new WebSocketLambdaIntegration('Ticks', this.#function('ticks')),
      returnResponse: true,
    });
    main.stage.grantManagementApiAccess(presence);
    main.stage.grantManagementApiAccess(conversation);
    // A rate of 0 refuses every request (PARITY Q15). API Gateway wants the route to be there before its settings.
    const { defaultChild } = main.stage.node;
    if (defaultChild instanceof CfnStage) {
      defaultChild.addPropertyOverride('RouteSettings', {
        refused: { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 },
      });
    }
    main.stage.node.addDependency(...routes);
    this.#routeWithoutPermission(main.api, conversation);

    const selection = this.#api('conformance-selection', {
      routeSelectionExpression: '${request.body.service.name}/${request.body.action}',
      defaultRouteOptions: {
        integration: new WebSocketLambdaIntegration('Fallback', conversation),
        returnResponse: true,
      },
    });
    selection.api.addRoute('chat/say', {
      integration: new WebSocketLambdaIntegration('Say', conversation),
      returnResponse: true,
    });
    const stage = selection.stage.node.defaultChild;
    if (stage instanceof CfnStage) stage.stageVariables = { colour: 'blue' };

    const authorized = this.#api('conformance-authorizer', {
      connectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Admit', conversation),
        authorizer: new WebSocketLambdaAuthorizer('Authorizer', authorizer, {
          identitySource: ['route.request.querystring.token'],
        }),
      },
    });
    authorized.api.addRoute('event', {
      integration: new WebSocketLambdaIntegration('Event', conversation),
      returnResponse: true,
    });

    const backend = new CfnParameter(this, 'Backend', {
      description: 'What has pets/1 to pets/3 as the backend of the tutorials of API Gateway has them',
      default: 'http://petstore-demo-endpoint.execute-api.com/petstore',
    });
    const mapping = new MappingApi(this, 'Mapping', {
      mapped: this.#function('mapped'),
      backend: backend.valueAsString,
    });
    const signed = this.#api('conformance-signed', {
      connectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Signed', conversation),
        authorizer: new WebSocketIamAuthorizer(),
      },
    });

    new CfnOutput(this, 'Command', {
      value:
        `npm run conformance -- --url ${main.stage.url} --management ${main.stage.callbackUrl}` +
        ` --selection-url ${selection.stage.url} --authorizer-url ${authorized.stage.url}` +
        ` --mapping-url ${mapping.stage.url} --signed-url ${signed.stage.url}`,
    });
  }

  #function(name: string, environment: Record<string, string> = {}): NodejsFunction {
    return new NodejsFunction(this, name, {
      entry: join(import.meta.dirname, 'handlers', `${name}.ts`),
      projectRoot: join(import.meta.dirname, '../..'),
      depsLockFilePath: join(import.meta.dirname, '../../package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      memorySize: 512,
      timeout: Duration.seconds(5),
      environment,
      bundling: {
        bundleAwsSDK: true,
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
      },
    });
  }

  #api(apiName: string, props: WebSocketApiProps): { api: WebSocketApi; stage: WebSocketStage } {
    const api = new WebSocketApi(this, apiName, { apiName, ...props });
    const stage = new WebSocketStage(this, `${apiName}-stage`, {
      webSocketApi: api,
      stageName: 'test',
      autoDeploy: true,
    });
    return { api, stage };
  }

  /** A route whose function API Gateway may not call (PARITY R23). The construct library would always permit it. */
  #routeWithoutPermission({ apiId }: WebSocketApi, { functionArn }: NodejsFunction): void {
    const integration = new CfnIntegration(this, 'UnpermittedIntegration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: `arn:${this.partition}:apigateway:${this.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    });
    new CfnRoute(this, 'UnpermittedRoute', {
      apiId,
      routeKey: 'unpermitted',
      target: `integrations/${integration.ref}`,
    });
  }
}
