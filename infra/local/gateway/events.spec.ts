import {
  commonLogTime,
  connectEvent,
  type ConnectionFacts,
  disconnectEvent,
  messageEvent,
} from './events.ts';

const facts: ConnectionFacts = {
  connectionId: 'RsGpzfNaoE0CIqg=',
  connectedAt: 1_705_503_499_229,
  stage: 'dev',
  stageVariables: {},
  apiId: 'z7aqfmpd0c',
  apiArn: 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij',
  domainName: 'localhost:3001',
  sourceIp: '127.0.0.1',
  userAgent: undefined,
};
const now = 1_705_504_440_469;
const keys = (value: unknown): string[] => Object.keys(value as object);
const handshake = {
  rawHeaders: [
    'Host',
    'localhost:3001',
    'Connection',
    'Upgrade',
    'upgrade',
    'websocket',
    'X-Mine',
    'a',
    'X-Mine',
    'b',
  ],
  headers: {},
  query: new URLSearchParams('room=a&room=b&name='),
};

describe('a MESSAGE event', () => {
  it('[E1] has three keys, and its context keys stand in the order seen on AWS', () => {
    const { body } = messageEvent(facts, '$default', '__ping__', now);
    expect(keys(body)).toEqual(['requestContext', 'body', 'isBase64Encoded']);
    expect(keys(body['requestContext']).join()).toBe(
      'routeKey,messageId,eventType,extendedRequestId,requestTime,messageDirection,stage,connectedAt,requestTimeEpoch,' +
        'identity,requestId,domainName,connectionId,apiId',
    );
  });

  it('[E9] [E11] [E14] names the request once, the time in two ways, and no user agent that was not sent', () => {
    const { body, requestId } = messageEvent(facts, 'send', '{}', now);
    expect(body['requestContext']).toEqual(
      jasmine.objectContaining({
        requestId,
        extendedRequestId: requestId,
        requestTime: '17/Jan/2024:15:14:00 +0000',
        requestTimeEpoch: now,
        connectedAt: facts.connectedAt,
        identity: { sourceIp: '127.0.0.1' },
      }),
    );
  });

  it('[E14] puts the user agent before the address', () => {
    const { body } = messageEvent({ ...facts, userAgent: 'Firefox' }, 'send', '{}', now);
    expect(JSON.stringify(body)).toContain('"identity":{"userAgent":"Firefox","sourceIp":"127.0.0.1"}');
  });

  it('[E7] has stage variables only when there are some', () => {
    expect(
      messageEvent({ ...facts, stageVariables: { a: '1' } }, 'send', '{}').body['stageVariables'],
    ).toEqual({ a: '1' });
  });
});

describe('a CONNECT event', () => {
  it('[E2] [E3] has the client’s headers as it wrote them, those of the gateway, none of the connection’s, and no body', () => {
    const { body } = connectEvent(facts, handshake);
    expect(keys(body)).toEqual([
      'headers',
      'multiValueHeaders',
      'queryStringParameters',
      'multiValueQueryStringParameters',
      'requestContext',
      'isBase64Encoded',
    ]);
    expect(keys(body['headers'])).toEqual([
      'Host',
      'X-Mine',
      'X-Amzn-Trace-Id',
      'X-Forwarded-For',
      'X-Forwarded-Port',
      'X-Forwarded-Proto',
    ]);
    expect(body['multiValueHeaders']).toEqual(jasmine.objectContaining({ 'X-Mine': ['a', 'b'] }));
    expect(body['headers']).toEqual(
      jasmine.objectContaining({
        'X-Amzn-Trace-Id': jasmine.stringMatching(/^Root=1-65a7eb0b-[0-9a-f]{24}$/),
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Port': '443',
        'X-Forwarded-Proto': 'https',
      }),
    );
  });

  it('[E6] has parameters that are called like what every object has', () => {
    const query = new URLSearchParams('constructor=a&__proto__=b&toString=c');
    expect(JSON.stringify(connectEvent(facts, { ...handshake, query }).body['queryStringParameters'])).toBe(
      '{"constructor":"a","__proto__":"b","toString":"c"}',
    );
  });

  it('[E11] is of the time at which the client asked', () => {
    const { body } = connectEvent(facts, handshake);
    expect(body['requestContext']).toEqual(
      jasmine.objectContaining({ requestTimeEpoch: facts.connectedAt, connectedAt: facts.connectedAt }),
    );
  });

  it('[E10] has no messageId', () => {
    expect(keys(connectEvent(facts, handshake).body['requestContext']).join()).toBe(
      'routeKey,eventType,extendedRequestId,requestTime,messageDirection,stage,connectedAt,requestTimeEpoch,identity,' +
        'requestId,domainName,connectionId,apiId',
    );
  });

  it('[E6] has the last of a repeated parameter in the single-value map, and neither map without a query', () => {
    expect(connectEvent(facts, handshake).body).toEqual(
      jasmine.objectContaining({
        queryStringParameters: { room: 'b', name: '' },
        multiValueQueryStringParameters: { room: ['a', 'b'], name: [''] },
      }),
    );
    const without = connectEvent(facts, { ...handshake, query: new URLSearchParams() }).body;
    expect(keys(without)).toEqual(['headers', 'multiValueHeaders', 'requestContext', 'isBase64Encoded']);
  });
});

describe('a DISCONNECT event', () => {
  it('[E5] [E17] has four made-up headers, and says how the connection ended', () => {
    const { body } = disconnectEvent(facts, 1001, 'Going away', now);
    expect(body['headers']).toEqual({
      Host: 'localhost:3001',
      'x-api-key': '',
      'X-Forwarded-For': '',
      'x-restapi': '',
    });
    expect(keys(body)).toEqual(['headers', 'multiValueHeaders', 'requestContext', 'isBase64Encoded']);
    expect(keys(body['requestContext']).join()).toBe(
      'routeKey,disconnectStatusCode,eventType,extendedRequestId,requestTime,messageDirection,disconnectReason,stage,' +
        'connectedAt,requestTimeEpoch,identity,requestId,domainName,connectionId,apiId',
    );
    expect(body['requestContext']).toEqual(
      jasmine.objectContaining({ disconnectStatusCode: 1001, disconnectReason: 'Going away' }),
    );
  });
});

describe('the events of a connection', () => {
  const events = [
    connectEvent(facts, handshake),
    messageEvent(facts, 'send', '{}'),
    messageEvent(facts, 'send', '{}'),
    disconnectEvent(facts, 1000, ''),
  ].map(({ body }) => body['requestContext'] as Record<string, unknown>);

  it('[E12] have its id and its time, and each its own request', () => {
    const { connectionId, connectedAt } = facts;
    for (const event of events)
      expect(event).toEqual(jasmine.objectContaining({ connectionId, connectedAt }));
    expect(new Set(events.map(({ requestId }) => requestId)).size).toBe(4);
  });

  it('[E13] all come in', () => {
    expect(events.map(({ messageDirection }) => messageDirection)).toEqual(['IN', 'IN', 'IN', 'IN']);
  });
});

describe('commonLogTime', () => {
  it('[E11] is in UTC, whatever the machine’s zone', () => {
    expect(commonLogTime(0)).toBe('01/Jan/1970:00:00:00 +0000');
  });
});
