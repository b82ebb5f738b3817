const {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} = require('@aws-sdk/client-apigatewaymanagementapi');

/** All routes: whom the authorizer has let in is in the event, `$disconnect` included. */
exports.handler = async ({ requestContext, body }) => {
  const { routeKey, authorizer, connectionId, domainName, stage } = requestContext;
  console.log(`${routeKey} of ${authorizer.name}`);
  if (routeKey === 'whoami') {
    const { principalId, name, admin, visits } = authorizer;
    return { statusCode: 200, body: JSON.stringify({ connectionId, principalId, name, admin, visits }) };
  }
  if (routeKey === 'kick') {
    const gateway = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
    const { id: ConnectionId } = JSON.parse(body);
    // Context values are text, whatever the authorizer gave.
    if (authorizer.admin !== 'true') {
      const Data = JSON.stringify({ error: 'Only admins kick.' });
      await gateway.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
    } else await gateway.send(new DeleteConnectionCommand({ ConnectionId }));
  }
  return { statusCode: 200 };
};
