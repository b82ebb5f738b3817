import type { Check } from '../check.ts';
import type { Endpoint } from '../endpoint.ts';
import { observed } from '../observed.ts';
import { isRecord, keysOf, readEcho, type SeenEvent } from '../seen-event.ts';
import { ID } from './identifiers.ts';

const TAIL = 'stage, connectedAt, requestTimeEpoch, identity, requestId, domainName, connectionId, apiId';

const message = async (endpoint: Endpoint): Promise<SeenEvent> => (await endpoint.visit()).event();
const connect = async (endpoint: Endpoint): Promise<SeenEvent> => (await observed(endpoint)).connected;
const disconnect = async (endpoint: Endpoint): Promise<SeenEvent> =>
  (await observed(endpoint)).disconnected((visitor) => visitor.socket.close(4001, 'done'));
const everyEvent = async (endpoint: Endpoint): Promise<SeenEvent[]> => {
  const { visitor, connected, disconnected } = await observed(endpoint);
  return [connected, await visitor.event(), await disconnected(() => visitor.socket.close())];
};

const headersOf = ({ event }: SeenEvent): Readonly<Record<string, unknown>> =>
  isRecord(event['headers']) ? event['headers'] : {};

export const EVENTS: readonly Check[] = [
  {
    row: 'E1',
    promise: 'a MESSAGE event has three keys',
    expected: 'requestContext, body, isBase64Encoded',
    see: async (endpoint) => keysOf((await message(endpoint)).event),
  },
  {
    row: 'E1',
    promise: "the keys of a MESSAGE event's context stand in order",
    expected: `routeKey, messageId, eventType, extendedRequestId, requestTime, messageDirection, ${TAIL}`,
    see: async (endpoint) => keysOf((await message(endpoint)).event['requestContext']),
  },
  {
    row: 'E2',
    promise: 'a CONNECT event has no body',
    expected:
      'headers, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters, requestContext, isBase64Encoded',
    see: async (endpoint) => keysOf((await connect(endpoint)).event),
  },
  {
    row: 'E2',
    promise: 'a DISCONNECT event has no body',
    expected: 'headers, multiValueHeaders, requestContext, isBase64Encoded',
    see: async (endpoint) => keysOf((await disconnect(endpoint)).event),
  },
  {
    row: 'E2',
    promise: "the keys of a CONNECT event's context stand in order",
    expected: `routeKey, eventType, extendedRequestId, requestTime, messageDirection, ${TAIL}`,
    see: async (endpoint) => keysOf((await connect(endpoint)).event['requestContext']),
  },
  {
    row: 'E3',
    promise: "CONNECT has the client's headers in the client's letter case, and the gateway's",
    expected: 'X-mIxed, X-Amzn-Trace-Id, X-Forwarded-For, X-Forwarded-Port, X-Forwarded-Proto',
    see: async (endpoint) => {
      const { connected } = await observed(endpoint, { options: { headers: { 'X-mIxed': 'yes' } } });
      const wanted = [
        'X-mIxed',
        'X-Amzn-Trace-Id',
        'X-Forwarded-For',
        'X-Forwarded-Port',
        'X-Forwarded-Proto',
      ];
      return wanted.filter((name) => name in headersOf(connected)).join(', ');
    },
  },
  {
    row: 'E3',
    promise: "CONNECT has none of the connection's own headers",
    expected: '',
    see: async (endpoint) =>
      Object.keys(headersOf(await connect(endpoint)))
        .filter((name) => ['connection', 'upgrade', 'content-length'].includes(name.toLowerCase()))
        .join(', '),
  },
  {
    row: 'E5',
    promise: 'DISCONNECT has four headers, three of them empty',
    expected: 'Host, x-api-key="", X-Forwarded-For="", x-restapi=""',
    see: async (endpoint) =>
      Object.entries(headersOf(await disconnect(endpoint)))
        .map(([name, value]) => (name === 'Host' ? name : `${name}=${JSON.stringify(value)}`))
        .join(', '),
  },
  {
    row: 'E6',
    promise: 'of a repeated parameter the single-value map holds the last',
    expected: '"2" ["1","2"]',
    see: async (endpoint) => {
      const { event } = (await observed(endpoint, { query: '&a=1&a=2' })).connected;
      const [single, multi] = [event['queryStringParameters'], event['multiValueQueryStringParameters']];
      return [single, multi].map((map) => JSON.stringify(isRecord(map) ? map['a'] : undefined)).join(' ');
    },
  },
  {
    row: 'E7',
    promise: 'stage variables stand in the event of a stage that has some',
    expected: '{"colour":"blue"}',
    see: async (endpoint) => {
      const visitor = await endpoint.visit({ url: endpoint.selectionUrl });
      return JSON.stringify(readEcho(await visitor.ask('anything')).event['stageVariables']);
    },
  },
  {
    row: 'E8',
    promise: 'isBase64Encoded is false',
    expected: 'false, false, false',
    see: async (endpoint) =>
      (await everyEvent(endpoint)).map(({ event }) => String(event['isBase64Encoded'])).join(', '),
  },
  {
    row: 'E9',
    promise: 'requestId equals extendedRequestId',
    expected: 'true, true, true',
    see: async (endpoint) =>
      (await everyEvent(endpoint))
        .map(({ requestContext: { requestId, extendedRequestId } }) =>
          String(requestId === extendedRequestId),
        )
        .join(', '),
  },
  {
    row: 'E11',
    promise: 'requestTime is in common log form, epochs are whole milliseconds of now',
    expected: /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000 \d{13} \d{13}$/,
    see: async (endpoint) => {
      const { requestTime, requestTimeEpoch, connectedAt } = (await message(endpoint)).requestContext;
      return [requestTime, requestTimeEpoch, connectedAt].map(String).join(' ');
    },
  },
  {
    row: 'E14',
    promise: 'identity has userAgent, in every event, when the client sent one',
    expected: 'userAgent, sourceIp; userAgent, sourceIp; userAgent, sourceIp',
    see: async (endpoint) => {
      const headers = { 'User-Agent': 'conformance' };
      const { visitor, connected, disconnected } = await observed(endpoint, { options: { headers } });
      const events = [connected, await visitor.event(), await disconnected(() => visitor.socket.close())];
      return events.map(({ requestContext }) => keysOf(requestContext['identity'])).join('; ');
    },
  },
  {
    row: 'E14',
    promise: 'identity has no userAgent when the client sent none',
    expected: 'sourceIp',
    see: async (endpoint) => keysOf((await message(endpoint)).requestContext['identity']),
  },
  {
    row: 'E15',
    promise: "domainName is the host that the client connected to, or the API's own",
    expected: 'one of them',
    see: async (endpoint) => {
      const { domainName, apiId } = (await message(endpoint)).requestContext;
      const isOwn = /^(\w+)\.execute-api\.[a-z\d-]+\.amazonaws\.com$/.exec(String(domainName))?.[1] === apiId;
      return isOwn || domainName === new URL(endpoint.settings.url).host ? 'one of them' : String(domainName);
    },
  },
  {
    row: 'E17',
    promise: "the keys of a DISCONNECT event's context stand in order",
    expected: `routeKey, disconnectStatusCode, eventType, extendedRequestId, requestTime, messageDirection, disconnectReason, ${TAIL}`,
    see: async (endpoint) => keysOf((await disconnect(endpoint)).event['requestContext']),
  },
  {
    row: 'E18',
    promise: 'a message that fell back has the routeKey $default',
    expected: '$default',
    see: async (endpoint) => {
      const visitor = await endpoint.visit({ url: endpoint.selectionUrl });
      return String(readEcho(await visitor.ask('{"action":"say"}')).requestContext['routeKey']);
    },
  },
  {
    row: 'I1',
    promise: 'connectionId, requestId and messageId are 11 bytes as base64url',
    expected: 'all three',
    see: async (endpoint) => {
      const { connectionId, requestId, messageId } = (await message(endpoint)).requestContext;
      const ids = [connectionId, requestId, messageId].map(String);
      return ids.every((id) => ID.test(id)) ? 'all three' : ids.join(' ');
    },
  },
];
