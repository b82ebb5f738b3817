/**
 * Events in full, as API Gateway has been seen to send them: the same keys in the same order, with ids and addresses of nobody.
 * Row by row, with public sources: E1 to E18, A6 and A7 of infra/local/PARITY.md.
 */

const HOST = 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';
const CONNECTED_AT = 1_705_503_499_229;
const BROWSER = 'Mozilla/5.0 (X11; Linux x64) Chrome/150.0.0.0';

/** What a context ends with. Its `requestId` is its `extendedRequestId` [E9], and its connection has one id and time [E12]. */
const endOf = (requestId: string, identity: object) => ({
  stage: 'dev',
  connectedAt: CONNECTED_AT,
  requestTimeEpoch: CONNECTED_AT + 1,
  identity,
  requestId,
  domainName: HOST,
  connectionId: 'RsGpzfNaoE0CIqg=',
  apiId: 'a1b2c3d4e5',
});

const connectContext = (identity: object) => ({
  routeKey: '$connect',
  eventType: 'CONNECT',
  extendedRequestId: 'RsGpzFhYIE0FvxQ=',
  requestTime: '17/Jan/2024:14:58:19 +0000',
  messageDirection: 'IN',
  ...endOf('RsGpzFhYIE0FvxQ=', identity),
});

const each = (headers: Readonly<Record<string, string>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));

/** Headers that the gateway adds to those of the client [E3]. */
const ADDED = {
  'X-Amzn-Trace-Id': 'Root=1-65a7ec0b-0123456789abcdef01234567',
  'X-Forwarded-For': '192.0.2.7',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
};

const TERMINAL_HEADERS = {
  Host: HOST,
  'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
  ...ADDED,
};

/** `$connect` of a terminal: no query, and so no keys for one [E6]; no user agent, and so none in `identity` [E14]. */
export const TERMINAL_CONNECT = {
  headers: TERMINAL_HEADERS,
  multiValueHeaders: each(TERMINAL_HEADERS),
  requestContext: connectContext({ sourceIp: '192.0.2.7' }),
  isBase64Encoded: false,
};

const PAGE_HEADERS = {
  'Accept-Encoding': 'gzip, deflate, br, zstd',
  'Accept-Language': 'en',
  'Cache-Control': 'no-cache',
  Host: HOST,
  Origin: 'https://page.example',
  Pragma: 'no-cache',
  'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol': 'hello-websocket.v1',
  'Sec-WebSocket-Version': '13',
  'User-Agent': BROWSER,
  ...ADDED,
};

/** `$connect` of a page with a query, a repeated parameter in it: the single map holds the last value [E6]. */
export const PAGE_CONNECT = {
  headers: PAGE_HEADERS,
  multiValueHeaders: each(PAGE_HEADERS),
  queryStringParameters: { name: 'Ann', room: 'den' },
  multiValueQueryStringParameters: { name: ['Ann'], room: ['lobby', 'den'] },
  requestContext: connectContext({ userAgent: BROWSER, sourceIp: '192.0.2.7' }),
  isBase64Encoded: false,
};

/** The same with header names in other letters, as a client may write them [E3]. */
export const LOWER_CASE_CONNECT = {
  ...PAGE_CONNECT,
  headers: lowerCased(PAGE_CONNECT.headers),
  multiValueHeaders: lowerCased(PAGE_CONNECT.multiValueHeaders),
};

const UPGRADE = { Connection: 'upgrade', 'content-length': '0', Upgrade: 'websocket' };

/** What an authorizer is asked before that `$connect`: of another form, with headers of the upgrade that no integration is given [A7]. */
export const AUTHORIZER_REQUEST = {
  type: 'REQUEST',
  methodArn: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/dev/$connect',
  headers: { ...PAGE_HEADERS, ...UPGRADE },
  multiValueHeaders: each({ ...PAGE_HEADERS, ...UPGRADE }),
  queryStringParameters: PAGE_CONNECT.queryStringParameters,
  multiValueQueryStringParameters: PAGE_CONNECT.multiValueQueryStringParameters,
  stageVariables: {},
  requestContext: PAGE_CONNECT.requestContext,
};

/** The same `$connect` when the authorizer has agreed: what it said, as strings, with what API Gateway adds [A6]. */
export const SIGNED_IN_CONNECT = {
  ...PAGE_CONNECT,
  requestContext: {
    ...PAGE_CONNECT.requestContext,
    authorizer: { principalId: 'ann', integrationLatency: 12, subject: 'ann' },
  },
};

function lowerCased<T>(headers: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A frame: three keys and no others [E1]. Only here there is a `messageId` [E10]. */
export const messageEvent = (routeKey: string, body: string) => ({
  requestContext: {
    routeKey,
    messageId: 'RsI83cCDIE0CIqg=',
    eventType: 'MESSAGE',
    extendedRequestId: 'RsI83FhYIE0FvxQ=',
    requestTime: '17/Jan/2024:15:14:00 +0000',
    messageDirection: 'IN',
    ...endOf('RsI83FhYIE0FvxQ=', { userAgent: BROWSER, sourceIp: '192.0.2.7' }),
  },
  body,
  isBase64Encoded: false,
});

/** Those four and no others, the last three empty [E5]. */
const DISCONNECT_HEADERS = { Host: HOST, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };

/** `$disconnect` of a connection that ended without a close frame: no reason [E17]. */
export const DISCONNECT = {
  headers: DISCONNECT_HEADERS,
  multiValueHeaders: each(DISCONNECT_HEADERS),
  requestContext: {
    routeKey: '$disconnect',
    disconnectStatusCode: 1006,
    eventType: 'DISCONNECT',
    extendedRequestId: 'RsJBfFhYIE0FvxQ=',
    requestTime: '17/Jan/2024:15:14:30 +0000',
    messageDirection: 'IN',
    disconnectReason: '',
    ...endOf('RsJBfFhYIE0FvxQ=', { userAgent: BROWSER, sourceIp: '192.0.2.7' }),
  },
  isBase64Encoded: false,
};
