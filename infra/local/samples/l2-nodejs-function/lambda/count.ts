import * as connections from './connections.ts';
import type { Result } from './event.ts';

/** Answers how many are there. */
export const handler = async (): Promise<Result> => ({
  statusCode: 200,
  body: JSON.stringify({ connections: await connections.count() }),
});
