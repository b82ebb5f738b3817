import { once } from 'node:events';
import { WebSocket } from 'ws';
import { run, stopAll } from './testing/running.ts';

/** Says where it is, and posts to whom it is told, by the stage that it is told. */
const CODE = `import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
export const handler = async ({ body, stageVariables, requestContext: { apiId, stage, domainName, connectionId } }) => {
  const { by, to } = JSON.parse(body);
  if (to === undefined) return { body: JSON.stringify({ apiId, stage, connectionId, stageVariables }) };
  const api = new ApiGatewayManagementApi({ endpoint: 'https://' + domainName + '/' + by });
  const posted = await api.postToConnection({ ConnectionId: to, Data: 'a post' }).catch(({ name }) => ({ name }));
  return { body: posted.name ?? 'taken' };
};`;
const stage = (api: string, properties: object): object => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { ApiId: { Ref: api }, AutoDeploy: true, ...properties },
});
const app = {
  functions: { f: { code: CODE } },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  resources: {
    Stage: stage('Api', { StageName: 'dev' }),
    Beta: stage('Api', { StageName: 'beta', StageVariables: { colour: 'blue' } }),
    Other: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'other',
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: '$request.body.action',
      },
    },
    OtherStage: stage('Other', { StageName: 'dev' }),
  },
};

interface Where {
  readonly apiId: string;
  readonly stage: string;
  readonly connectionId: string;
  readonly stageVariables?: object;
}

describe('An assembly with two APIs, one of them with two stages', () => {
  afterEach(stopAll);

  for (const overHttp of [false, true]) {
    it(`[E7] [M6] keeps their connections and variables apart, ${overHttp ? 'by HTTP' : 'by the short cut'}`, async () => {
      const { runner } = await run(app, {}, { overHttp });
      expect(runner.endpoints.map((one) => `${one.api} ${one.stage}`)).toEqual([
        'test dev',
        'test beta',
        'other dev',
      ]);
      const [dev, beta, other] = await Promise.all(
        runner.endpoints.map(async ({ webSocketUrl }) => {
          const socket = new WebSocket(webSocketUrl);
          await once(socket, 'open');
          return socket;
        }),
      );
      if (dev === undefined || beta === undefined || other === undefined)
        throw new Error('a stage is missing');
      const ask = async (socket: WebSocket, message: object): Promise<string> => {
        socket.send(JSON.stringify(message));
        return String(((await once(socket, 'message')) as [Buffer])[0]);
      };
      const atDev = JSON.parse(await ask(dev, {})) as Where;
      const atBeta = JSON.parse(await ask(beta, {})) as Where;
      expect([atDev.stage, atDev.stageVariables]).toEqual(['dev', undefined]);
      expect([atBeta.stage, atBeta.stageVariables]).toEqual(['beta', { colour: 'blue' }]);
      expect(atBeta.apiId).toBe(atDev.apiId);

      const arrived = once(beta, 'message') as Promise<[Buffer]>;
      expect(await ask(dev, { by: 'beta', to: atBeta.connectionId })).toBe('taken');
      expect(String((await arrived)[0])).toBe('a post');
      expect(await ask(dev, { by: 'dev', to: atBeta.connectionId })).toBe('GoneException');
      expect(await ask(dev, { by: 'nowhere', to: atBeta.connectionId })).toBe('ForbiddenException');
      // It has no routes: what is another API's is not its own.
      expect(await ask(other, {})).toContain('"message": "Forbidden"');
      for (const socket of [dev, beta, other]) socket.terminate();
    });
  }
});
