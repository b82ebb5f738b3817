import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_MESSAGE_BYTES } from '../limits.ts';
import type { Logger } from '../log.ts';
import { parseTarget } from './target.ts';

/** Read no more of a body than shows that it is too long. */
const MAX_BODY_BYTES = MAX_MESSAGE_BYTES + 1;

export function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (length < MAX_BODY_BYTES) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers a request that the runner itself failed on, and tells the terminal why: silence would look like the network's. */
export function replyToFailure(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  log: Logger,
): void {
  // A client that went away in the middle: nobody is left to answer, and nothing has failed here.
  if (!request.complete || response.destroyed) {
    response.destroy();
    return;
  }
  // Without the query, which may hold a secret.
  const { path } = parseTarget(request.url);
  log(
    `WARNING ${request.method ?? ''} ${path} failed: ${error instanceof Error ? error.message : String(error)}`,
  );
  if (response.headersSent) response.destroy();
  else reply(response, 500, { 'content-type': 'application/json' }, '{"message":"Internal server error"}');
}
