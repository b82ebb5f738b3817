import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

/** What posts to a connection of the API that an event is of. */
export function gatewayOf({ domainName, stage }) {
  const client = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
  return async (ConnectionId, message) => {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: JSON.stringify(message) }));
    } catch (error) {
      if (!(error instanceof GoneException)) throw error;
    }
  };
}
