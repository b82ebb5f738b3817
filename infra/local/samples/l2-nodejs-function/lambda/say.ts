import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import * as connections from './connections.ts';
import type { Result, WebSocketEvent } from './event.ts';

const gateway = new ApiGatewayManagementApiClient({ endpoint: process.env['CALLBACK_URL'] });

/** `{"action":"say","text":…}` goes to everybody, the sender included; who has gone is forgotten. */
export const handler = async ({ requestContext, body = '{}' }: WebSocketEvent): Promise<Result> => {
  const { text } = JSON.parse(body) as { text?: string };
  const Data = JSON.stringify({ from: requestContext.connectionId, text });
  await Promise.all(
    (await connections.all()).map(async (ConnectionId) => {
      try {
        await gateway.send(new PostToConnectionCommand({ ConnectionId, Data }));
      } catch (error) {
        if (!(error instanceof GoneException)) throw error;
        await connections.remove(ConnectionId);
      }
    }),
  );
  return { statusCode: 200 };
};
