// $connect and $disconnect: do what the query asks for, and tell the connection that the query names as observer.
import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { setTimeout as delay } from 'node:timers/promises';
import { echo, type GatewayEvent, type LambdaContext, type ProxyResult } from './events.ts';
import { outcomeOf, post } from './posts.ts';

const { TABLE = '' } = process.env;
const HOUR_S = 3600;
const table = new DynamoDBClient();

export const handler = (event: GatewayEvent, context: LambdaContext): Promise<ProxyResult> =>
  event.requestContext.routeKey === '$connect' ? connect(event, context) : disconnect(event, context);

async function connect(event: GatewayEvent, context: LambdaContext): Promise<ProxyResult> {
  const { observer, wait, fail, status, protocol, self } = event.queryStringParameters ?? {};
  const { connectionId } = event.requestContext;
  if (wait !== undefined) await delay(Number(wait));
  if (fail === 'throw') throw new Error('as the client wished');
  if (fail === 'malformed') return Object.assign({ statusCode: 200 }, { unknownKey: true });
  if (status !== undefined) return { statusCode: Number(status), body: 'refused' };
  if (observer !== undefined) {
    const expiresAt = String(Math.floor(Date.now() / 1000) + HOUR_S);
    const Item = {
      connectionId: { S: connectionId },
      observer: { S: observer },
      expiresAt: { N: expiresAt },
    };
    await table.send(new PutItemCommand({ TableName: TABLE, Item }));
    const toItself = self === undefined ? undefined : await outcomeOf(post(event, connectionId, 'hello'));
    await post(event, observer, echo(event, context, { toItself }));
  }
  const headers = { 'Set-Cookie': 'a=b', 'X-Custom': 'c' };
  return {
    statusCode: 200,
    headers: protocol === undefined ? headers : { ...headers, 'Sec-WebSocket-Protocol': protocol },
    body: 'this goes nowhere',
  };
}

async function disconnect(event: GatewayEvent, context: LambdaContext): Promise<ProxyResult> {
  const Key = { connectionId: { S: event.requestContext.connectionId } };
  const { Item } = await table.send(new GetItemCommand({ TableName: TABLE, Key, ConsistentRead: true }));
  const observer = Item?.['observer']?.S;
  if (observer !== undefined) {
    await table.send(new DeleteItemCommand({ TableName: TABLE, Key }));
    await post(event, observer, echo(event, context));
  }
  return { statusCode: 200 };
}
