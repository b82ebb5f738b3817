import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { GatewayEvent } from './events.ts';

/** Posts to a connection of the stage that the event came through, as AWS's own page on the callback URL does. */
export async function post(
  { requestContext: { domainName, stage } }: GatewayEvent,
  connectionId: string,
  text: string,
): Promise<void> {
  const client = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
  await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: text }));
}

/** The name of the error with which a post fails; `taken` when it does not. */
export async function outcomeOf(posting: Promise<void>): Promise<string> {
  try {
    await posting;
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
