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
const web: TestStack = {
  template: {
    Resources: {
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
      },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'dev' } },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Api' },
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
          ApiId: { Ref: 'Api' },
          RouteKey: '$default',
          RouteResponseSelectionExpression: '$default',
          Target: { 'Fn::Sub': 'integrations/${Integration}' },
        },
      },
      Response: {
        Type: 'AWS::ApiGatewayV2::RouteResponse',
        Properties: { ApiId: { Ref: 'Api' }, RouteId: { Ref: 'Route' }, RouteResponseKey: '$default' },
      },
    },
  },
};

describe('an app of several stacks', () => {
  it('[F1] [F2] calls a function of another stack, which uses the table of a third, inside a stage', async () => {
    const stage = Object.entries(assemblyFiles({ web, compute, data }));
    const { directory, remove } = await writeFolder({
      ...assemblyFiles({}, ['assembly-Dev']),
      ...Object.fromEntries(stage.map(([name, text]) => [`assembly-Dev/${name}`, text])),
      'assembly-Dev/asset.f/index.mjs': HANDLER,
    });
    const runner = await start({ assembly: directory });
    const socket = new WebSocket(runner.endpoints[0]?.webSocketUrl ?? '');
    try {
      await once(socket, 'open');
      socket.send('x');
      const [text] = (await once(socket, 'message')) as [Buffer];
      expect(text.toString()).toBe('orders');
    } finally {
      socket.terminate();
      await runner.stop();
      await remove();
    }
  });
});
