import { once } from 'node:events';
import { WebSocket } from 'ws';
import { start } from './start.ts';
import { assemblyFiles, type TestStack, writeFolder } from './testing/cdk-out.ts';

const HANDLER = `
  import { DynamoDBClient, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient();
  export const handler = async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: process.env.TABLE }));
    return { body: Table.TableName };
  };`;

const exporting = (name: string, value: unknown): object => ({
  Outputs: { Exported: { Value: value, Export: { Name: name } } },
});

const data: TestStack = {
  template: {
    Resources: {
      Orders: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'orders',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        },
      },
    },
    ...exporting('table', { Ref: 'Orders' }),
  },
};
const compute: TestStack = {
  template: {
    Resources: {
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Timeout: 20,
          Code: { S3Bucket: 'assets', S3Key: 'f.zip' },
          Environment: { Variables: { TABLE: { 'Fn::ImportValue': 'table' } } },
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { Ref: 'F' },
          Principal: 'apigateway.amazonaws.com',
        },
      },
    },
    ...exporting('function', { 'Fn::GetAtt': ['F', 'Arn'] }),
  },
  assets: { 'f.zip': 'asset.f' },
};
/** A route that goes to the function of the stack `compute`, with all that it needs, of an API. */
const routes = (api: unknown): object => ({
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: api,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: {
        'Fn::Sub': [
          'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Arn}/invocations',
          { Arn: { 'Fn::ImportValue': 'function' } },
        ],
      },
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: api,
      RouteKey: '$default',
      RouteResponseSelectionExpression: '$default',
      Target: { 'Fn::Sub': 'integrations/${Integration}' },
    },
  },
  Response: {
    Type: 'AWS::ApiGatewayV2::RouteResponse',
    Properties: { ApiId: api, RouteId: { Ref: 'Route' }, RouteResponseKey: '$default' },
  },
});
const web = {
  template: {
    Resources: {
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
      },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'dev' } },
      ...routes({ Ref: 'Api' }),
    },
  },
};

describe('an app of several stacks', () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
  });

  /** What a client is answered. */
  async function answer(files: Readonly<Record<string, object | string>>): Promise<string> {
    const { directory, remove } = await writeFolder(files);
    undo.push(remove);
    const runner = await start({ assembly: directory });
    undo.push(() => runner.stop());
    const socket = new WebSocket(runner.endpoints[0]?.webSocketUrl ?? '');
    undo.push(() => socket.terminate());
    await once(socket, 'open');
    socket.send('x');
    return String((await once(socket, 'message'))[0]);
  }

  it('[F1] [F2] calls a function of another stack, which uses the table of a third, inside a stage', async () => {
    const stage = Object.entries(assemblyFiles({ web, compute, data }));
    const said = await answer({
      ...assemblyFiles({}, ['assembly-Dev']),
      ...Object.fromEntries(stage.map(([name, text]) => [`assembly-Dev/${name}`, text])),
      'assembly-Dev/asset.f/index.mjs': HANDLER,
    });
    expect(said).toBe('orders');
  });

  it('[F2] tells APIs with one name by their stacks, as the stages of an app have them', async () => {
    const { Api, Stage } = web.template.Resources;
    const stack: TestStack = { template: { Resources: { Api, Stage } } };
    const { directory, remove } = await writeFolder(assemblyFiles({ beta: stack, prod: stack }));
    undo.push(remove);
    const runner = await start({ assembly: directory });
    undo.push(() => runner.stop());
    expect(runner.endpoints.map(({ api }) => api)).toEqual(['Api of beta', 'Api of prod']);
  });

  it('[F13] has the routes of an API in another stack', async () => {
    const { Api, Stage } = web.template.Resources;
    const gateway: TestStack = {
      template: { Resources: { Api, Stage }, ...exporting('api', { Ref: 'Api' }) },
    };
    const feature: TestStack = { template: { Resources: routes({ 'Fn::ImportValue': 'api' }) } };
    const said = await answer({
      ...assemblyFiles({ gateway, feature, compute, data }),
      'asset.f/index.mjs': HANDLER,
    });
    expect(said).toBe('orders');
  });
});
