import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { newMessageId, newRequestId } from './identifiers.ts';

/** What of a connection stands in every one of its events. */
export interface ConnectionFacts {
  readonly connectionId: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly apiId: string;
  readonly apiArn: string;
  /** The API's own on AWS, whatever name the client called this machine by (PARITY E15). */
  readonly domainName: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** What the authorizer said of the client, when there is one (PARITY A6). */
  readonly authorizer?: Readonly<Record<string, string | number>>;
}

/** One event for a Lambda proxy integration, and the id that its error frame would carry. */
export interface GatewayEvent {
  readonly requestId: string;
  readonly connectionId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** The key order is that of events seen on AWS (PARITY E1 to E3): a handler that prints its event prints the same. */
function requestContext(
  facts: ConnectionFacts,
  requestId: string,
  now: number,
  head: Fields,
  tail: Fields,
): Fields {
  const { userAgent, sourceIp, authorizer } = facts;
  const { routeKey, disconnectStatusCode, ...rest } = head;
  return {
    routeKey,
    ...(disconnectStatusCode !== undefined && { disconnectStatusCode }),
    ...(authorizer && { authorizer }),
    ...rest,
    extendedRequestId: requestId,
    requestTime: commonLogTime(now),
    messageDirection: 'IN',
    ...tail,
    stage: facts.stage,
    connectedAt: facts.connectedAt,
    requestTimeEpoch: now,
    identity: userAgent === undefined ? { sourceIp } : { userAgent, sourceIp },
    requestId,
    domainName: facts.domainName,
    connectionId: facts.connectionId,
    apiId: facts.apiId,
  };
}

const stageVariables = ({ stageVariables: variables }: ConnectionFacts): Fields =>
  Object.keys(variables).length === 0 ? {} : { stageVariables: variables };

/** A message of the client: three keys and no more, when the stage has no variables (PARITY E1, E7). */
export function messageEvent(
  facts: ConnectionFacts,
  routeKey: string,
  body: string,
  now = Date.now(),
): GatewayEvent {
  const requestId = newRequestId();
  const head = { routeKey, messageId: newMessageId(facts.connectionId), eventType: 'MESSAGE' };
  return {
    requestId,
    connectionId: facts.connectionId,
    body: {
      ...stageVariables(facts),
      requestContext: requestContext(facts, requestId, now, head, {}),
      body,
      isBase64Encoded: false,
    },
  };
}

/** What the handshake carried. */
export interface Handshake {
  /** As the client wrote them: names and values in turn, in the letter case of the client. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
}

/** Headers of the connection itself, which the integration is not shown (PARITY E3). */
const HOP_BY_HOP = new Set(['connection', 'upgrade', 'content-length']);

/** A client asks to connect: has headers and, when the URL had one, the query string; no body (PARITY E2, E3, E6). */
export function connectEvent(facts: ConnectionFacts, handshake: Handshake): GatewayEvent {
  const requestId = newRequestId();
  const multiValueHeaders = headersOf(facts, handshake);
  const query = grouped([...handshake.query]);
  return {
    requestId,
    connectionId: facts.connectionId,
    body: {
      headers: lastOfEach(multiValueHeaders),
      multiValueHeaders,
      ...(Object.keys(query).length > 0 && {
        queryStringParameters: lastOfEach(query),
        multiValueQueryStringParameters: query,
      }),
      ...stageVariables(facts),
      requestContext: requestContext(
        facts,
        requestId,
        facts.connectedAt, // When the request came, however long its authorizer took (PARITY E11).
        { routeKey: '$connect', eventType: 'CONNECT' },
        {},
      ),
      isBase64Encoded: false,
    },
  };
}

/** A connection is gone: the headers are made up and always these four (PARITY E5, E17). */
export function disconnectEvent(
  facts: ConnectionFacts,
  code: number,
  reason: string,
  now = Date.now(),
): GatewayEvent {
  const requestId = newRequestId();
  const headers = { Host: facts.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  const head = { routeKey: '$disconnect', disconnectStatusCode: code, eventType: 'DISCONNECT' };
  return {
    requestId,
    connectionId: facts.connectionId,
    body: {
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      ...stageVariables(facts),
      requestContext: requestContext(facts, requestId, now, head, { disconnectReason: reason }),
      isBase64Encoded: false,
    },
  };
}

/** What an authorizer is asked: like CONNECT, with the connection's own headers, and no body (PARITY A7). */
export function authorizerEvent(
  facts: ConnectionFacts,
  handshake: Handshake,
  methodArn: string,
): GatewayEvent {
  const requestId = newRequestId();
  const own = { Connection: ['upgrade'], 'content-length': ['0'], Upgrade: ['websocket'] };
  const multiValueHeaders = { ...own, ...headersOf(facts, handshake) };
  const query = grouped([...handshake.query]);
  return {
    requestId,
    connectionId: facts.connectionId,
    body: {
      type: 'REQUEST',
      methodArn,
      headers: lastOfEach(multiValueHeaders),
      multiValueHeaders,
      queryStringParameters: lastOfEach(query),
      multiValueQueryStringParameters: query,
      stageVariables: facts.stageVariables,
      requestContext: requestContext(
        facts,
        requestId,
        facts.connectedAt, // When the request came, however long its authorizer took (PARITY E11).
        { routeKey: '$connect', eventType: 'CONNECT' },
        {},
      ),
    },
  };
}

function headersOf(facts: ConnectionFacts, { rawHeaders }: Handshake): Record<string, string[]> {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!HOP_BY_HOP.has(name.toLowerCase())) pairs.push([name, value]);
  }
  const trace = `Root=1-${Math.floor(facts.connectedAt / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
  pairs.push(
    ['X-Amzn-Trace-Id', trace],
    ['X-Forwarded-For', facts.sourceIp],
    // As behind AWS's own TLS, where every client comes.
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  );
  return grouped(pairs);
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  // No plain object: a client may send a parameter that is called `constructor`.
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}

/** The last value of each, which is what a map of single values holds (PARITY E6). */
export const lastOfEach = (groups: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.at(-1) ?? '']));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `17/Jan/2024:15:14:00 +0000`, in UTC (PARITY E11). */
export function commonLogTime(epochMs: number): string {
  const time = new Date(epochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}`;
  return `${date}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
}
