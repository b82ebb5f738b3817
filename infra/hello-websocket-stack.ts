import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import packageJson from '../package.json' with { type: 'json' };
import { ConnectionTable } from './constructs/connection-table.ts';
import { Handler } from './constructs/handler.ts';
import { Site } from './constructs/site.ts';
import { WebSocketGateway } from './constructs/web-socket-gateway.ts';

/** The stack's name unless `-c stackName=…` says another: it prefixes the functions, so two can share an account. */
const DEFAULT_NAME = 'hello-websocket';

/** The connections that a room lists at most [P24] unless `-c roomLimit=…` says another number. */
const DEFAULT_ROOM_LIMIT = 200;

/** What is deployed: the WebSocket API, its four functions, the table of live connections, and the page. */
export class HelloWebSocketStack extends Stack {
  constructor(scope: Construct, props: StackProps = {}) {
    super(scope, contextValue(scope, 'stackName', DEFAULT_NAME), props);

    const { table } = new ConnectionTable(this, 'Connections');
    const gateway = new WebSocketGateway(this, 'Gateway', { apiName: 'wsMyApp', stageName: 'dev' });
    const environment = {
      TABLE_NAME: table.tableName,
      // The SDK's own variable: with it a function builds its client without naming an endpoint.
      AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: gateway.stage.callbackUrl,
      ROOM_LIMIT: contextValue(this, 'roomLimit', String(DEFAULT_ROOM_LIMIT)),
      BUILD: packageJson.version,
    };

    const onConnect = new Handler(this, 'OnConnect', { file: 'onconnect', environment });
    const onDisconnect = new Handler(this, 'OnDisconnect', { file: 'ondisconnect', environment });
    const onError = new Handler(this, 'OnError', { file: 'onerror', environment });
    const onMessage = new Handler(this, 'OnMessage', { file: 'onmessage', environment });

    gateway.route('$connect', onConnect);
    gateway.route('$disconnect', onDisconnect);
    gateway.route('$default', onError);
    gateway.route('sendMessageRoute', onMessage);

    // All four post: two announce presence and two answer. A post that finds a peer gone takes it out, with LEAVE.
    for (const handler of [onConnect, onDisconnect, onError, onMessage]) gateway.grantPost(handler);
    const LEAVE = ['dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
    table.grant(onConnect, 'dynamodb:BatchWriteItem', ...LEAVE);
    table.grant(onDisconnect, 'dynamodb:GetItem', ...LEAVE);
    table.grant(onError, 'dynamodb:GetItem', ...LEAVE);
    table.grant(onMessage, 'dynamodb:GetItem', ...LEAVE);

    const site = new Site(this, 'Site', { webSocketUrl: gateway.stage.url });

    new CfnOutput(this, 'SiteUrl', { value: site.url, description: 'The page' });
    new CfnOutput(this, 'WebSocketUrl', { value: gateway.stage.url, description: 'Where clients connect' });
    new CfnOutput(this, 'Wscat', {
      value: `npx wscat -c ${gateway.stage.url}`,
      description: 'Connects a terminal',
    });
  }
}

/** A setting from cdk.json or `-c name=value`. */
function contextValue(scope: Construct, name: string, otherwise: string): string {
  const value: unknown = scope.node.tryGetContext(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}
