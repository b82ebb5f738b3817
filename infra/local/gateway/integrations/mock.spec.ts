import { run, stopAll } from '../../testing/running.ts';
import { appOf, type TestIntegration, TROUBLE } from './testing.ts';

const MOCK = { IntegrationType: 'MOCK', IntegrationUri: '' };
const json = (template: string) => ({ RequestTemplates: { 'application/json': template } });
const answers = (template: string) => ({ ResponseTemplates: { 'application/json': template } });
/** A keep-alive that calls nothing, which is what people build with MOCK. */
const PING: TestIntegration = {
  integration: { ...MOCK, ...json('{"statusCode":200}') },
  responses: {
    $default: answers('{"type":"pong","at":$context.requestTimeEpoch,"to":"$context.connectionId"}'),
  },
  routes: { ping: {} },
};

describe('a MOCK integration', () => {
  afterEach(stopAll);

  it('[N1] [N3] answers with the response template, of which the keys are application/json', async () => {
    const { connect, runner } = await run(appOf({ Ping: PING }));
    const client = await connect();
    client.send({ action: 'ping' });
    const { type, at, to } = JSON.parse(await client.next()) as Record<string, unknown>;
    expect([type, typeof at]).toEqual(['pong', 'number']);
    expect(to).toMatch(/^[A-Za-z0-9_-]{15}=$/);
    expect(runner.notEmulated).toEqual([]);
  });

  it('[R16] on a one-way route answers nothing', async () => {
    const oneWay: TestIntegration = { ...PING, routes: { quiet: {} }, oneWay: true };
    const { connect } = await run(appOf({ Quiet: oneWay, Ping: PING }));
    const client = await connect();
    client.send({ action: 'quiet' });
    client.send({ action: 'ping' });
    expect(await client.next()).toContain('pong');
  });

  it('[N8] is answered by the first response whose pattern is the whole status, else by $default', async () => {
    const { connect } = await run(
      appOf({
        Mock: {
          integration: { ...MOCK, RequestTemplates: { $default: `{"statusCode":$input.path('$.status')}` } },
          responses: {
            $default: answers('default'),
            '/20/': answers('not the whole status'),
            '/200/': answers('ok'),
            '/4\\d{2}/': answers('bad'),
          },
          routes: { go: {} },
        },
      }),
    );
    const client = await connect();
    const got: string[] = [];
    for (const status of [200, 404, 500]) {
      client.send({ action: 'go', status });
      got.push(await client.next());
    }
    expect(got).toEqual(['ok', 'bad', 'default']);
  });

  it('[N3] takes the template that the expression chooses, else $default, on both sides', async () => {
    const { connect } = await run(
      appOf({
        Mock: {
          integration: {
            ...MOCK,
            TemplateSelectionExpression: '${request.body.kind}-${request.body.v}',
            RequestTemplates: { 'a-1': '{"statusCode":201}', $default: '{statusCode: 400}' },
          },
          responses: {
            $default: {
              TemplateSelectionExpression: '${integration.response.statuscode}',
              ResponseTemplates: { '201': 'made', $default: 'other' },
            },
          },
          routes: { go: {} },
        },
      }),
    );
    const client = await connect();
    client.send({ action: 'go', kind: 'a', v: 1 });
    expect(await client.next()).toBe('made');
    client.send({ action: 'go', kind: 'a' });
    expect(await client.next()).toBe('other');
  });

  const passthrough: readonly [behavior: string | undefined, templates: object, text: string][] = [
    [undefined, {}, 'through'],
    ['WHEN_NO_MATCH', { other: '{}' }, 'through'],
    ['WHEN_NO_TEMPLATES', {}, 'through'],
    ['WHEN_NO_TEMPLATES', { other: '{}' }, 'Unsupported Media Type'],
    ['NEVER', {}, 'Unsupported Media Type'],
  ];
  for (const [behavior, templates, text] of passthrough) {
    it(`[N3] with PassthroughBehavior ${behavior ?? 'left out'} and ${Object.keys(templates).length} other templates: ${text}`, async () => {
      const { connect } = await run(
        appOf({
          Mock: {
            integration: {
              ...MOCK,
              TemplateSelectionExpression: 'mine',
              RequestTemplates: templates,
              ...(behavior !== undefined && { PassthroughBehavior: behavior }),
            },
            responses: { $default: answers('through') },
            routes: { go: {} },
          },
        }),
      );
      const client = await connect();
      client.send({ action: 'go', statusCode: 200 });
      const answer = await client.next();
      expect(TROUBLE.exec(answer)?.[1] ?? answer).toBe(text);
    });
  }

  const failing: readonly [says: string, one: Partial<TestIntegration>, why: string][] = [
    ['without a statusCode', { integration: { ...MOCK, ...json('{}') } }, 'Mock has no statusCode'],
    [
      'with a template that fails',
      { integration: { ...MOCK, ...json('$util.parseJson("{")') } },
      'Mock failed: ',
    ],
    [
      'with no response for its status',
      { responses: { '/404/': {} } },
      'Mock has no IntegrationResponse for 200',
    ],
  ];
  for (const [says, one, why] of failing) {
    it(`[N1] [N8] [R8] ${says} is an Internal server error, and the log says why`, async () => {
      const { connect, logged } = await run(appOf({ Mock: { ...PING, ...one } }));
      const client = await connect();
      client.send({ action: 'ping' });
      expect(TROUBLE.exec(await client.next())?.[1]).toBe('Internal server error');
      expect(await logged(why)).toEqual(jasmine.any(String));
    });
  }

  for (const template of ["$input.json('$')", "$input.path('$')", "$input.json('$..x')"]) {
    it(`[N1] [R24] with a message nested as deeply as a frame holds is no more than an answer: ${template}`, async () => {
      const deep: TestIntegration = {
        ...PING,
        integration: { ...MOCK, ...json(`#set($text = "${template}"){"statusCode":200}`) },
        routes: { $default: {} },
      };
      const { connect } = await run(appOf({ Mock: deep }));
      const client = await connect();
      client.send('['.repeat(15_000) + ']'.repeat(15_000));
      expect(await client.next()).toMatch(/pong|Internal server error/);
      client.send('[]');
      expect(await client.next()).toContain('pong');
    });
  }

  it('[N8] without a $default response is warned of at start', async () => {
    const { log } = await run(appOf({ Mock: { ...PING, responses: {} } }));
    expect(log).toContain(
      'WARNING Mock has no IntegrationResponse $default: what no other one is for will fail',
    );
  });

  it('[N6] with a template that reads $input.params is warned of at start', async () => {
    const { log } = await run(
      appOf({
        Silent: { ...PING },
        Asks: {
          integration: { ...MOCK, ...json("#set($a = $input.params('a')){}") },
          routes: { asks: {} },
        },
        Answers: {
          ...PING,
          routes: { answers: {} },
          responses: { $default: answers('${input.params().header}') },
        },
      }),
    );
    const warning =
      'has a template with $input.params: AWS has said that templates of WebSocket APIs get no parameters';
    expect(log).toEqual([`WARNING Asks ${warning}`, `WARNING Answers ${warning}`]);
  });

  it('[N15] behind a route with parameters is named, and lets in who leaves out one that is required', async () => {
    const { connect, runner } = await run(
      appOf({
        Gate: {
          integration: { ...MOCK, ...json('{"statusCode":200}') },
          routes: {
            $connect: { RequestParameters: { 'route.request.querystring.room': { Required: true } } },
          },
        },
      }),
    );
    await expectAsync(connect()).toBeResolved();
    expect(runner.notEmulated).toEqual([
      { type: 'AWS::ApiGatewayV2::Route', logicalId: 'GateRoute0', properties: ['RequestParameters'] },
    ]);
  });

  const handshakes: readonly [query: string, status: number | undefined][] = [
    ['?room=lobby', undefined],
    ['', 403],
  ];
  for (const [query, status] of handshakes) {
    it(`[N12] [H10] behind $connect lets in or refuses by its statusCode: ${status ?? 'in'}`, async () => {
      const { connect } = await run(
        appOf({
          Gate: {
            integration: {
              ...MOCK,
              RequestTemplates: {
                $default: `{"statusCode": #if($input.params('room') == 'lobby')200#{else}403#end}`,
              },
            },
            routes: { $connect: {} },
          },
        }),
      );
      const connecting = connect(query);
      if (status === undefined) await expectAsync(connecting).toBeResolved();
      else await expectAsync(connecting).toBeRejectedWithError(`Unexpected server response: ${status}`);
    });
  }

  it('[N12] behind $connect without a statusCode refuses with 500', async () => {
    const { connect } = await run(appOf({ Gate: { integration: MOCK, routes: { $connect: {} } } }));
    await expectAsync(connect()).toBeRejectedWithError('Unexpected server response: 500');
  });

  it('[N4] [H5] behind $connect may name the subprotocol by a response parameter', async () => {
    const { connect } = await run(
      appOf({
        Gate: {
          integration: { ...MOCK, ...json('{"statusCode":200}') },
          responses: {
            $default: { ResponseParameters: { 'method.response.header.Sec-WebSocket-Protocol': "'b'" } },
          },
          routes: { $connect: {} },
        },
      }),
    );
    const { socket } = await connect('', {}, ['a', 'b']);
    expect(socket.protocol).toBe('b');
  });
});
