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
});
