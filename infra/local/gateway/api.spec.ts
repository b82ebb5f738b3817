import { run, stopAll } from '../testing/running.ts';

const stageWith = (settings: object) => ({
  functions: { f: { code: 'export const handler = async ({ body }) => ({ statusCode: 200, body });' } },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  resources: {
    Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId: { Ref: 'Api' } } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: 'test', ...settings },
    },
  },
});
const WARNING =
  'WARNING Stage has neither AutoDeploy nor a DeploymentId: on AWS it has no routes until somebody deploys it';

describe('a stage', () => {
  afterEach(stopAll);

  for (const settings of [{}, { AutoDeploy: false }, { AutoDeploy: 'false' }]) {
    it(`[F14] that nothing deploys is told at the start, and run: ${JSON.stringify(settings)}`, async () => {
      const { connect, log } = await run(stageWith(settings));
      expect(log).toContain(WARNING);
      const client = await connect();
      client.send('x');
      expect(await client.next()).toBe('x');
    });
  }

  for (const settings of [{ AutoDeploy: true }, { DeploymentId: { Ref: 'Deployment' } }]) {
    it(`[F14] that is deployed needs no word: ${JSON.stringify(settings)}`, async () => {
      const { log } = await run(stageWith(settings));
      expect(log).not.toContain(WARNING);
    });
  }

  for (const [StageName, reason] of [
    ['$default', 'a stage of a WebSocket API cannot be named $default, which is for HTTP APIs'],
    ['a b', 'StageName must be 1 to 128 letters, digits, - and _, not a b'],
    ['', 'StageName must be 1 to 128 letters, digits, - and _, not nothing'],
    ['x'.repeat(129), `StageName must be 1 to 128 letters, digits, - and _, not ${'x'.repeat(129)}`],
  ] as const) {
    it(`[F16] is refused by name: ${StageName.slice(0, 10)}`, async () => {
      await expectAsync(run(stageWith({ StageName }))).toBeRejectedWithError(`Stage: ${reason}`);
    });
  }

  it('[F16] may have - and _ in its name', async () => {
    const { runner } = await run(stageWith({ StageName: 'pre-prod_2' }));
    expect(runner.endpoints.map(({ stage }) => stage)).toEqual(['pre-prod_2']);
  });
});

describe('an API', () => {
  afterEach(stopAll);

  it('[F14] without a stage is told at the start, and the others are run', async () => {
    const { connect, log } = await run({
      ...stageWith({ AutoDeploy: true }),
      resources: {
        Other: {
          Type: 'AWS::ApiGatewayV2::Api',
          Properties: { Name: 'o', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.a' },
        },
      },
    });
    expect(log).toContain('WARNING Other has no stage: nobody can connect to it');
    expect(log.filter((line) => line.includes('has no stage'))).toHaveSize(1);
    await expectAsync(connect()).toBeResolved();
  });

  for (const [has, no, of] of [
    [
      'RouteResponseSelectionExpression',
      'AWS::ApiGatewayV2::RouteResponse',
      { RouteResponseSelectionExpression: '$default' },
    ],
    ['AWS::ApiGatewayV2::RouteResponse', 'RouteResponseSelectionExpression', {}],
  ] as const) {
    it(`[R17] tells at the start of a route with ${has} alone, which answers nobody`, async () => {
      const route = (name: string, RouteKey: string, more: object): object => ({
        [name]: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey,
            Target: { 'Fn::Sub': 'integrations/${Integrationf}' },
            ...more,
          },
        },
      });
      const Properties = { ApiId: { Ref: 'Api' }, RouteId: { Ref: 'Half' }, RouteResponseKey: '$default' };
      const response = { Type: 'AWS::ApiGatewayV2::RouteResponse', Properties };
      const app = stageWith({ AutoDeploy: true });
      const { log } = await run({
        ...app,
        resources: {
          ...app.resources,
          ...route('Half', 'half', of),
          ...route('Handshake', '$connect', { RouteResponseSelectionExpression: '$default' }),
          ...('RouteResponseSelectionExpression' in of ? {} : { Response: response }),
        },
      });
      expect(log.filter((line) => line.includes('its answers'))).toEqual([
        `WARNING Half has ${has} but no ${no}: its answers are not sent to the client`,
      ]);
    });
  }

  it('[F17] has no route key and no stage name twice', async () => {
    const route = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: '$default',
        Target: { 'Fn::Sub': 'integrations/${Integrationf}' },
      },
    };
    const { resources, ...app } = stageWith({ AutoDeploy: true });
    await expectAsync(run({ ...app, resources: { ...resources, Second: route } })).toBeRejectedWithError(
      /^(Second|Route0): RouteKey \$default is that of (Second|Route0), too$/,
    );
    await expectAsync(
      run({ ...app, resources: { ...resources, Second: resources.Stage } }),
    ).toBeRejectedWithError('Second: StageName test is that of Stage, too');
  });
});
