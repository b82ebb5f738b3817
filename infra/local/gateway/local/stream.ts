import type { ServerResponse } from 'node:http';
import type { Activity } from './activity.ts';

/** Whoever reads slower than this much is let go, and may come back. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Sends everything that happens as server-sent events, until the reader goes. */
export function stream(response: ServerResponse, activity: Activity): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  // A comment: a proxy on the way hands the head on with the first of the body.
  response.write(':\n\n');
  const end = activity.listen(({ type, data }) => {
    if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
    else response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  });
  response.on('close', end);
}
