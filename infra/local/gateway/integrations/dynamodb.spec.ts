import { run, stopAll } from '../../testing/running.ts';
import { appOf, type TestIntegration, TROUBLE } from './testing.ts';

const ROLE = 'arn:aws:iam::123456789012:role/table';
const action = (name: string) => ({
  IntegrationType: 'AWS',
  IntegrationMethod: 'POST',
  IntegrationUri: { 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:dynamodb:action/${name}` },
  CredentialsArn: ROLE,
  TemplateSelectionExpression: '\\$default',
});
/** Tracks connections without a function, as AWS's serverless patterns do. */
const CONNECT: TestIntegration = {
  integration: {
    ...action('PutItem'),
    RequestTemplates: {
      $default: `#set($ttl = $context.requestTimeEpoch / 1000 + 7200)
        { "TableName": "connections", "Item": {
          "id": { "S": "$context.connectionId" },
          "room": { "S": "$input.params('room')" },
          "ttl": { "N": "$ttl" } } }`,
    },
  },
  responses: { '/200/': { TemplateSelectionExpression: '\\$default' } },
  routes: { $connect: {} },
};
const DISCONNECT: TestIntegration = {
  integration: {
    ...action('DeleteItem'),
    RequestTemplates: {
      $default: '{ "TableName": "connections", "Key": { "id": { "S": "$context.connectionId" } } }',
    },
  },
  routes: { $disconnect: {} },
};
/** The shape of CDK's own integration test, with its two answers. */
const PUT: TestIntegration = {
  integration: {
    ...action('PutItem'),
    PassthroughBehavior: 'NEVER',
    RequestTemplates: {
      $default: `{ "TableName": "connections", "Item": {
        "id": { "S": "$context.requestId" }, "room": { "S": $input.json('$.data') } } }`,
    },
  },
  responses: {
    $default: { ResponseTemplates: { 'application/json': '{"success":true}' } },
    '/4\\d{2}/': {
      ResponseTemplates: {
        'application/json': `{"error":"Bad request","message":$input.json('$.Message')}`,
      },
    },
  },
  routes: { putItem: {} },
};
const GET: TestIntegration = {
  integration: {
    ...action('GetItem'),
    RequestTemplates: {
      $default: `{ "TableName": "connections", "Key": { "id": { "S": "$context.connectionId" } } }`,
    },
  },
  responses: {
    $default: { ResponseTemplates: { $default: `$input.path('$.Item.room.S') of $input.path('$').size()` } },
  },
  routes: { whereAmI: {} },
};
const TABLE = {
  Connections: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'connections',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  },
};
/** A function that looks into the table, by the real SDK. */
const LOOK = `
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => {
  const { Items } = await client.send(new ScanCommand({ TableName: 'connections' }));
  return { statusCode: 200, body: JSON.stringify(Items) };
};`;
const app = (integrations: Record<string, TestIntegration>) =>
  appOf(integrations, {
    functions: { look: { code: LOOK } },
    routes: { look: 'look' },
    twoWay: ['look'],
    resources: TABLE,
  });

type Rows = Record<string, Record<string, string>>[];

describe('an integration with an action of DynamoDB', () => {
  afterEach(stopAll);

  it('[N2] [N12] writes a row at $connect and removes it at $disconnect, without a function', async () => {
    const { connect, runner } = await run(app({ Connect: CONNECT, Disconnect: DISCONNECT }));
    const watcher = await connect('?room=hall');
    const other = await connect('?room=attic');
    const rows = async (): Promise<Rows> => {
      watcher.send({ action: 'look' });
      return JSON.parse(await watcher.next()) as Rows;
    };
    const before = await rows();
    expect(before.map(({ room }) => room?.['S']).sort()).toEqual(['attic', 'hall']);
    expect(before[0]?.['ttl']?.['N']).toMatch(/^\d{10}$/);

    other.socket.close();
    await other.closed;
    let after = await rows();
    // $disconnect runs after the socket is gone (PARITY D3).
    while (after.length > 1) after = await rows();
    expect(after.map(({ room }) => room?.['S'])).toEqual(['hall']);
    expect(runner.notEmulated).toEqual([]);
  });

  it('[N2] [N8] answers what the action did, and what DynamoDB refuses by the pattern of its status', async () => {
    const { connect } = await run(app({ Put: PUT }));
    const client = await connect();
    client.send({ action: 'putItem', data: 'valid' });
    expect(JSON.parse(await client.next())).toEqual({ success: true });
    client.send({ action: 'putItem', data: 1 });
    expect(JSON.parse(await client.next())).toEqual({
      error: 'Bad request',
      message: 'NUMBER_VALUE cannot be converted to String',
    });
    client.send({ action: 'look' });
    expect((JSON.parse(await client.next()) as Rows).map(({ room }) => room?.['S'])).toEqual(['valid']);
  });

  it('[N2] hands the rows it read to the response template', async () => {
    const { connect } = await run(app({ Connect: CONNECT, Get: GET }));
    const client = await connect('?room=hall');
    client.send({ action: 'whereAmI' });
    expect(await client.next()).toBe('hall of 1');
  });

  it('[N12] [N8] refuses the handshake when DynamoDB does, for no response is for its status', async () => {
    const broken: TestIntegration = {
      ...CONNECT,
      integration: {
        ...CONNECT.integration,
        RequestTemplates: { $default: '{ "TableName": "other", "Item": {} }' },
      },
    };
    const { connect, logged } = await run(app({ Connect: broken }));
    await expectAsync(connect()).toBeRejectedWithError('Unexpected server response: 500');
    expect(await logged('Connect has no IntegrationResponse for 400')).toBe('');
  });

  it('[N2] [T4] names an action that the local tables do not have', async () => {
    const { connect, logged } = await run(
      app({
        Put: {
          ...PUT,
          integration: {
            ...PUT.integration,
            IntegrationUri: 'arn:aws:apigateway:us-east-1:dynamodb:action/ExecuteStatement',
          },
          responses: {},
        },
      }),
    );
    const client = await connect();
    client.send({ action: 'putItem', data: 'x' });
    expect(TROUBLE.exec(await client.next())?.[1]).toBe('Internal server error');
    expect(await logged('dynamodb Put called ExecuteStatement')).toContain('do not have');
  });
});
