import { run, stopAll } from '../testing/running.ts';

/** Answers with what the message asks for. */
const ECHO = `export const handler = async (event) => {
  const { answer, fail, wait } = JSON.parse(event.body);
  if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
  if (fail) throw new Error('secret detail');
  return answer;
};`;
const FALLBACK = `export const handler = async ({ requestContext, body }) =>
  ({ statusCode: 200, body: requestContext.routeKey + ' ' + body });`;
const FAILS = `export const handler = async () => { console.log('RAN'); throw new Error('no'); };`;
const app = {
  functions: { echo: { code: ECHO }, fallback: { code: FALLBACK } },
  routes: { oneWay: 'echo', twoWay: 'echo' },
  twoWay: ['twoWay', '$default'],
};
const TROUBLE =
  /^\{"message": "(.+)", "connectionId":"([A-Za-z0-9_-]{15}=)", "requestId":"([A-Za-z0-9_-]{15}=)"\}$/;

describe('a message', () => {
  afterEach(stopAll);

  const troubles: readonly [rules: string, frame: unknown, message: string][] = [
    ['[R3] [R7] [R8] for which there is no route', { action: 'other' }, 'Forbidden'],
    ['[R3] [R8] without what the expression asks for', {}, 'Forbidden'],
    ['[R4] [R8] that is not JSON, without $default', 'hi', 'Forbidden'],
    [
      '[R8] [R9] whose function throws, on a one-way route',
      { action: 'oneWay', fail: true },
      'Internal server error',
    ],
    [
      '[R11] whose result has a key of its own',
      { action: 'oneWay', answer: { statusCode: 200, Data: 'x' } },
      'Internal server error',
    ],
    ['[R11] without a result', { action: 'oneWay' }, 'Internal server error'],
    ['[R11] whose result is a text', { action: 'oneWay', answer: 'ok' }, 'Internal server error'],
    ['[R11] whose body is no text', { action: 'oneWay', answer: { body: {} } }, 'Internal server error'],
  ];
  for (const [says, frame, message] of troubles) {
    it(`${says} gets the frame ${message} and nothing else of the matter`, async () => {
      const { connect } = await run(app);
      const client = await connect();
      client.send(frame);
      expect(TROUBLE.exec(await client.next())?.[1]).toBe(message);
    });
  }

  it('[R8] whose function takes too long gets the frame Endpoint request timed out', async () => {
    const { connect } = await run({ ...app, integrationTimeoutMs: 300 });
    const client = await connect();
    client.send({ action: 'twoWay', wait: 5000 });
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Endpoint request timed out');
  });

  it('[R10] that failed leaves the connection open', async () => {
    const { connect } = await run(app);
    const client = await connect();
    client.send('hi');
    await client.next();
    client.send({ action: 'twoWay', answer: { body: 'still here' } });
    expect(await client.next()).toBe('still here');
  });

  it('[E18] [R3] [R6] falls back to $default, which is told so', async () => {
    const { connect } = await run({ ...app, routes: { ...app.routes, $default: 'fallback' } });
    const client = await connect();
    client.send('{"action":"$connect"}');
    expect(await client.next()).toBe('$default {"action":"$connect"}');
  });

  it('[R16] [R18] [R19] is answered on a two-way route only, with the body alone, even none', async () => {
    const { connect } = await run(app);
    const client = await connect();
    client.send({ action: 'oneWay', answer: { statusCode: 200, body: 'never sent' } });
    client.send({ action: 'oneWay', answer: { statusCode: 500, body: 'never sent' } });
    client.send({ action: 'twoWay', answer: { statusCode: 500, body: 'sent', headers: { a: 'b' } } });
    expect(await client.next()).toBe('sent');
    client.send({ action: 'twoWay', answer: { statusCode: 200 } });
    expect(await client.next()).toBe('');
  });

  it('[R28] gets no reply of more than 128 KB', async () => {
    const { connect, log } = await run({
      ...app,
      functions: {
        ...app.functions,
        fallback: {
          code: `export const handler = async ({ body }) => ({ body: 'ä'.repeat(Number(body)) });`,
        },
      },
      routes: { $default: 'fallback' },
    });
    const client = await connect();
    client.send('65536');
    expect(await client.next()).toHaveSize(65_536);
    client.send('65537');
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Internal server error');
    expect(log.join()).toContain('replied with more than 128 KB');
    client.send('1');
    expect(await client.next()).toBe('ä');
  });

  it('[R17] is two-way when the dollar of $default has its backslash, too', async () => {
    const { connect } = await run({
      ...app,
      resources: {
        Escaped: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: 'escaped',
            Target: { 'Fn::Sub': 'integrations/${Integrationfallback}' },
            RouteResponseSelectionExpression: '\\$default',
          },
        },
        EscapedResponse: {
          Type: 'AWS::ApiGatewayV2::RouteResponse',
          Properties: { ApiId: { Ref: 'Api' }, RouteId: { Ref: 'Escaped' }, RouteResponseKey: '$default' },
        },
      },
    });
    const client = await connect();
    client.send('{"action":"escaped"}');
    expect(await client.next()).toBe('escaped {"action":"escaped"}');
  });

  it('[R26] is not tried again when its function fails', async () => {
    const { connect, runner, log } = await run({
      ...app,
      functions: { ...app.functions, fallback: { code: FAILS } },
      routes: { $default: 'fallback' },
    });
    const client = await connect();
    client.send('x');
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Internal server error');
    await runner.stop();
    expect(log.filter((line) => line.includes('RAN'))).toHaveSize(1);
  });

  it('[R27] does not wait for the one before it', async () => {
    const { connect } = await run(app);
    const client = await connect();
    client.send({ action: 'twoWay', wait: 1000, answer: { body: 'first' } });
    client.send({ action: 'twoWay', answer: { body: 'second' } });
    expect([await client.next(), await client.next()]).toEqual(['second', 'first']);
  });

  it('[R1] is routed by a composite expression', async () => {
    const { connect } = await run({
      ...app,
      selectionExpression: '${request.body.service}/${request.body.action}',
      routes: { 'chat/send': 'fallback' },
      twoWay: ['chat/send'],
    });
    const client = await connect();
    client.send('{"service":"chat","action":"send"}');
    expect(await client.next()).toContain('chat/send ');
  });
});
