import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import packageJson from '../package.json' with { type: 'json' };
import { Alarms } from './constructs/alarms.ts';
import { Board } from './constructs/board.ts';
import { ConnectionTable } from './constructs/connection-table.ts';
import { Handler } from './constructs/handler.ts';
import { Site, type SiteProps } from './constructs/site.ts';
import { WebSocketGateway } from './constructs/web-socket-gateway.ts';
import { readSettings, type Settings } from './settings.ts';

export interface HelloWebSocketStackProps extends StackProps, Pick<SiteProps, 'built'> {}

/** What is deployed: the WebSocket API, its four functions, the table of live connections, and the page. */
export class HelloWebSocketStack extends Stack {
  constructor(scope: Construct, { built, ...props }: HelloWebSocketStackProps = {}) {
    const settings = readSettings(scope);
    super(scope, settings.stackName, props);
    const { stage, roomLimit, origins, terminals, tracing, reservedConcurrency, alarmEmail } = settings;

    const { table } = new ConnectionTable(this, 'Connections');
    const gateway = new WebSocketGateway(this, 'Gateway', {
      ...settings,
      apiName: 'wsMyApp',
      stageName: stage,
    });
    const auth = settings.auth && 'jwt';
    const site = new Site(this, 'Site', { webSocketUrl: gateway.url, auth, built });
    const environment = {
      TABLE_NAME: table.tableName,
      // The SDK's own variable: with it a function builds its client without naming an endpoint.
      AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: gateway.stage.callbackUrl,
      ROOM_LIMIT: String(roomLimit),
      BUILD: packageJson.version,
      STACK_NAME: settings.stackName,
      ORIGINS: [site.url, ...origins].join(','),
      TERMINALS: String(terminals),
      FRAME_RATE: String(settings.frameRate),
      FRAME_BURST: String(settings.frameBurst),
    };

    const shared = { environment, tracing, reservedConcurrency };
    const onConnect = new Handler(this, 'OnConnect', { file: 'onconnect', ...shared });
    const onDisconnect = new Handler(this, 'OnDisconnect', { file: 'ondisconnect', ...shared });
    const onError = new Handler(this, 'OnError', { file: 'onerror', ...shared });
    const onMessage = new Handler(this, 'OnMessage', { file: 'onmessage', ...shared });
    const handlers = [onConnect, onDisconnect, onError, onMessage];

    const authorizer = this.#authorizer(settings);
    gateway.route('$connect', onConnect, authorizer);
    gateway.route('$disconnect', onDisconnect);
    gateway.route('$default', onError);
    gateway.route('sendMessageRoute', onMessage);

    // All four post: two announce presence and two answer. A post that finds a peer gone takes it out, with LEAVE.
    for (const handler of handlers) gateway.grantPost(handler);
    const LEAVE = ['dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:UpdateItem'];
    table.grant(onConnect, 'dynamodb:BatchWriteItem', ...LEAVE);
    table.grant(onDisconnect, 'dynamodb:GetItem', ...LEAVE);
    table.grant(onError, 'dynamodb:GetItem', ...LEAVE);
    table.grant(onMessage, 'dynamodb:GetItem', ...LEAVE);

    const called = authorizer ? [...handlers, authorizer] : handlers;
    const observed = { api: gateway.api, stage: gateway.stage, handlers: called, onMessage, table };
    new Alarms(this, 'Alarms', { ...observed, email: alarmEmail });
    new Board(this, 'Board', observed);

    new CfnOutput(this, 'SiteUrl', { value: site.url, description: 'The page' });
    new CfnOutput(this, 'WebSocketUrl', { value: gateway.url, description: 'Where clients connect' });
    new CfnOutput(this, 'Wscat', {
      value: `npx wscat -c ${gateway.url}`,
      description: 'Connects a terminal',
    });
  }

  /** Who asks whether people have signed in, if they have to. */
  #authorizer({ auth, tracing, reservedConcurrency }: Settings): Handler | undefined {
    if (auth === undefined) return undefined;
    const { issuer, audience, keys } = auth;
    const environment = {
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: audience,
      ...(keys !== undefined && { JWT_KEYS: keys }),
    };
    return new Handler(this, 'Authorizer', { file: 'authorizer', environment, tracing, reservedConcurrency });
  }
}
