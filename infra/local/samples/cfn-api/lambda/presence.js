import { gatewayOf } from './lib/gateway.js';
import * as people from './lib/people.js';

/** `$connect?name=…` and `$disconnect`, after which those who are still there hear who has left. */
export const handler = async ({ requestContext, queryStringParameters }) => {
  const { connectionId, eventType } = requestContext;
  if (eventType === 'CONNECT') {
    const name = queryStringParameters?.name;
    if (!name) return { statusCode: 400 };
    await people.add(connectionId, name);
  } else {
    const leaver = await people.remove(connectionId);
    const post = gatewayOf(requestContext);
    await Promise.all((await people.all()).map((one) => post(one.connectionId, { left: leaver.name })));
  }
  return { statusCode: 200 };
};
