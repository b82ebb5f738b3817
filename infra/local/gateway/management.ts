import { MAX_MESSAGE_BYTES } from '../limits.ts';
import type { Connection } from './connection.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import { isConnectionId } from './identifiers.ts';
import type { RequestTrace } from './local/tracing.ts';
import { isSigned } from './signature.ts';
import type { TokenBucket } from './token-bucket.ts';

/** A call of the `@connections` API. */
export interface ManagementRequest {
  readonly method: string;
  /** Path of the URL, as the client encoded it. */
  readonly path: string;
  readonly authorization: string | undefined;
  /** The message, which goes out as text. */
  readonly body: string;
}
export interface ManagementResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** SDK v3 knows an error by this header alone; 410 has no body (PARITY M4, M5). */
const failure = (status: number, type: string, message?: string): ManagementResponse => ({
  status,
  headers: { ...JSON_TYPE, 'x-amzn-ErrorType': type },
  body: message === undefined ? '' : JSON.stringify({ message }),
});

/** The stage and connection that a path names: `/{stage}/@connections/{id}`, encoded or not (PARITY M3). */
export function parseManagementPath(path: string): { stage: string; connectionId: string } | undefined {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const [stage, marker, connectionId, ...more] = parts;
  if (stage === undefined || marker !== '@connections' || connectionId === undefined || more.length > 0)
    return undefined;
  return { stage, connectionId };
}

/** The API whose connections are managed. */
export interface Managed {
  readonly connections: ReadonlyMap<string, Connection>;
  readonly stages: ReadonlySet<string>;
  readonly account: TokenBucket;
  readonly faults: Faults;
  readonly delivery: Delivery;
}

/**
 * Answers one call for the connections of one API; undefined when it is never to be answered (PARITY X6). `trace`: that of
 * the request whose function calls, when it is followed.
 */
export function manage(
  request: ManagementRequest,
  { connections, stages, account, faults, delivery }: Managed,
  trace?: RequestTrace,
): ManagementResponse | undefined {
  const target = parseManagementPath(request.path);
  // PARITY M8, M11: a wrong path, a wrong stage and a missing signature look alike.
  if (target === undefined || !stages.has(target.stage) || !isSigned(request.authorization)) {
    return failure(403, 'ForbiddenException', 'Forbidden');
  }
  if (!account.take()) return failure(429, 'LimitExceededException'); // PARITY M13
  if (!isConnectionId(target.connectionId)) {
    return failure(400, 'BadRequestException', `Invalid connectionId: ${target.connectionId}`); // PARITY M7
  }
  if (request.method === 'POST' && Buffer.byteLength(request.body) > MAX_MESSAGE_BYTES) {
    return failure(413, 'PayloadTooLargeException', 'Message too long'); // PARITY M9
  }
  const connection = connections.get(target.connectionId);
  if (connection?.facts.stage !== target.stage) return failure(410, 'GoneException'); // PARITY M6

  if (faults.strikes('gone')) {
    connection.terminate(); // AWS never says 410 of a client that is there (PARITY X4).
    return failure(410, 'GoneException');
  }
  if (faults.strikes('limitExceeded')) return failure(429, 'LimitExceededException'); // PARITY X5
  if (faults.strikes('internalError'))
    return failure(500, 'InternalServerErrorException', 'Internal server error'); // PARITY X5
  if (faults.strikes('hang')) return undefined;

  switch (request.method) {
    case 'POST':
      return delivery.post(connection, request.body, false, trace)
        ? { status: 200, headers: JSON_TYPE, body: '' }
        : failure(429, 'LimitExceededException');
    case 'GET':
      return { status: 200, headers: JSON_TYPE, body: JSON.stringify(describe(connection)) };
    case 'DELETE':
      connection.disconnect();
      return { status: 204, headers: {}, body: '' };
    default:
      return failure(403, 'ForbiddenException', 'Forbidden');
  }
}

/** Times in ISO 8601, keys in lower camel case (PARITY M2). */
function describe({ facts: { connectedAt, sourceIp, userAgent }, lastActiveAt }: Connection): unknown {
  return {
    connectedAt: new Date(connectedAt).toISOString(),
    identity: { sourceIp, ...(userAgent !== undefined && { userAgent }) },
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // Not an encoding: it names nothing, which the caller says in its own way.
  }
}
