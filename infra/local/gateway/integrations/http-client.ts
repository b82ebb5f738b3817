import http from 'node:http';
import https from 'node:https';
import { Refusal } from './integration.ts';
import type { BackendResponse } from './responses.ts';

/** API Gateway's payload quota, and more than a client can be sent (docs: quotas). */
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

/**
 * One request to an HTTP backend. By Node's client and not by `fetch`, which adds headers and follows redirects.
 * Throws a Refusal when there is no answer within `timeoutMs` or none that can be read.
 */
export async function fetchBackend(
  url: URL,
  method: string,
  headers: Readonly<Record<string, readonly string[]>>,
  body: Buffer,
  timeoutMs: number,
): Promise<BackendResponse> {
  const carriesBody = method !== 'GET' && method !== 'HEAD';
  try {
    return await exchange(
      url,
      {
        method,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, [...values]])),
          ...(carriesBody && { 'Content-Length': body.length }),
        },
      },
      carriesBody ? body : undefined,
    );
  } catch (error) {
    // INTEGRATION_FAILURE (docs: gateway response types).
    throw new Refusal(`could not get an answer of ${url.host}: ${String(error)}`, 504);
  }
}

function exchange(
  url: URL,
  options: http.RequestOptions,
  body: Buffer | undefined,
): Promise<BackendResponse> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_RESPONSE_BYTES) response.destroy(new Error('its body is longer than 10 MB'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        const statusCode = response.statusCode ?? 0;
        resolve({
          statusCode,
          headers: listsOf(response.headersDistinct),
          body: Buffer.concat(chunks),
          outcome: String(statusCode),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

const listsOf = (headers: NodeJS.Dict<string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values ?? []]));
