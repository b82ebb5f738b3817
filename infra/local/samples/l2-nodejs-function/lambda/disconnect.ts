import * as connections from './connections.ts';
import type { Result, WebSocketEvent } from './event.ts';

export const handler = async ({ requestContext }: WebSocketEvent): Promise<Result> => {
  await connections.remove(requestContext.connectionId);
  return { statusCode: 200 };
};
