import { run, stopAll } from '../testing/running.ts';
import { appOf, type TestIntegration, TROUBLE } from './integrations/testing.ts';

const MODELS = {
  Send: {
    Type: 'AWS::ApiGatewayV2::Model',
    Properties: {
      ApiId: { Ref: 'Api' },
      Name: 'sendModel',
      ContentType: 'application/json',
      Schema: {
        $schema: 'http://json-schema.org/draft-04/schema#',
        title: 'send',
        type: 'object',
        required: ['to', 'size'],
        // Draft 4: a boolean beside the bound.
        properties: { to: { type: 'string' }, size: { type: 'integer', minimum: 0, exclusiveMinimum: true } },
      },
    },
  },
  Any: {
    Type: 'AWS::ApiGatewayV2::Model',
    Properties: { ApiId: { Ref: 'Api' }, Name: 'anyModel', Schema: '{"type":"object","required":["note"]}' },
  },
};
const route = (properties: object): TestIntegration => ({
  integration: { IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode":200}' } },
  responses: { $default: { ResponseTemplates: { $default: 'ok' } } },
  routes: { go: { ...properties } },
});
const BY_KIND = {
  ModelSelectionExpression: '$request.body.kind',
  RequestModels: { send: 'sendModel', $default: 'anyModel' },
};
const INVALID = 'Invalid request body';

describe('a model', () => {
  afterEach(stopAll);

  const cases: readonly [says: string, properties: object, message: object, text: string][] = [
    ['that fits lets the message in', BY_KIND, { kind: 'send', to: 'a', size: 1 }, 'ok'],
    ['that does not fit keeps it out', BY_KIND, { kind: 'send', to: 'a', size: 0 }, INVALID],
    ['for the others is $default', BY_KIND, { kind: 'other', note: '' }, 'ok'],
    ['$default that does not fit keeps it out', BY_KIND, { kind: 'other' }, INVALID],
    [
      'that is chosen and missing, without $default, keeps it out',
      { ...BY_KIND, RequestModels: { send: { Ref: 'Send' } } },
      { kind: 'other' },
      INVALID,
    ],
    [
      'without an expression is not looked at',
      { RequestModels: BY_KIND.RequestModels },
      { kind: 'send' },
      'ok',
    ],
  ];
  for (const [says, properties, message, text] of cases) {
    it(`[N11] ${says}`, async () => {
      const { connect } = await run(appOf({ Mock: route(properties) }, { resources: MODELS }));
      const client = await connect();
      client.send({ action: 'go', ...message });
      const answer = await client.next();
      expect(TROUBLE.exec(answer)?.[1] ?? answer).toBe(text);
    });
  }

  it('[N11] keeps a message from the function of a proxy, too', async () => {
    const app = appOf(
      {},
      {
        functions: {
          echo: { code: 'export const handler = async () => { console.log("RAN"); return {}; };' },
        },
        routes: { $default: 'echo' },
        twoWay: ['$default'],
        resources: {
          ...MODELS,
          Route0: {
            Type: 'AWS::ApiGatewayV2::Route',
            Properties: {
              ApiId: { Ref: 'Api' },
              RouteKey: '$default',
              Target: { 'Fn::Sub': 'integrations/${Integrationecho}' },
              RouteResponseSelectionExpression: '$default',
              ...BY_KIND,
            },
          },
        },
      },
    );
    const { connect, log } = await run(app);
    const client = await connect();
    client.send('not JSON');
    expect(TROUBLE.exec(await client.next())?.[1]).toBe(INVALID);
    expect(log.filter((line) => line.includes('RAN'))).toEqual([]);
    client.send({ note: 'x' });
    expect(await client.next()).toBe('');
  });

  it('[N11] that is not there, or cannot be used, is an error at start', async () => {
    const missing = route({ ...BY_KIND, RequestModels: { $default: 'none' } });
    await expectAsync(run(appOf({ Mock: missing }))).toBeRejectedWithError(
      'MockRoute0: none is not a model of its API',
    );
    const broken = { ...MODELS.Any, Properties: { ...MODELS.Any.Properties, Schema: { type: 'nothing' } } };
    await expectAsync(
      run(appOf({ Mock: route(BY_KIND) }, { resources: { ...MODELS, Any: broken } })),
    ).toBeRejectedWithError(/^Any: its Schema cannot be used: /);
  });
});
