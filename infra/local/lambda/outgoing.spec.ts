import { run, type Running, stopAll } from '../testing/running.ts';

/** Posts back through a client built as the message asks, and stores what it was told. */
const HANDLER = `
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import https from 'node:https';
import { get } from 'node:https';
export const handler = async ({ requestContext: { domainName, stage, connectionId, apiId }, body }) => {
  const { how } = JSON.parse(body);
  try {
    if (how === 'table') {
      const client = new DynamoDBClient({});
      await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { id: { S: 'a' }, text: { S: 'kept' } } }));
      const { Item } = await client.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { id: { S: 'a' } } }));
      return { body: Item.text.S };
    }
    if (how === 's3') {
      await new Promise((resolve, reject) => https.get('https://bucket.s3.us-east-1.amazonaws.com/x', resolve).on('error', reject));
    }
    if (how === 'gone' || how === 'malformed' || how === 'too long') {
      const client = new ApiGatewayManagementApiClient({});
      const ConnectionId = { gone: 'C51DherHNjMCI3Q=', malformed: 'nobody' }[how] ?? connectionId;
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(how === 'too long' ? 131073 : 1) }));
    }
    if (how === 'unsigned') {
      const response = await new Promise((resolve, reject) =>
        get(\`https://\${domainName}/\${stage}/@connections/\${connectionId}\`, resolve).on('error', reject));
      return { body: String(response.statusCode) };
    }
    const endpoint = {
      'domain name': \`https://\${domainName}/\${stage}\`,
      'its own name at AWS': \`https://\${apiId}.execute-api.us-east-1.amazonaws.com/\${stage}\`,
      'slash at the end': \`https://\${domainName}/\${stage}/\`,
      'plain http': \`http://\${domainName}/\${stage}\`,
      variable: process.env.CALLBACK_URL,
    }[how];
    const client = new ApiGatewayManagementApiClient({ ...(endpoint && { endpoint }) });
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'posted' }));
    return { body: 'done' };
  } catch (error) {
    return { body: error.name + ': ' + error.message };
  }
};`;
const app = {
  functions: {
    f: {
      code: HANDLER,
      environment: {
        TABLE: { Ref: 'Table' },
        CALLBACK_URL: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}' },
        AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: {
          'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/${Stage}',
        },
      },
    },
  },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
  },
};

for (const overHttp of [false, true]) {
  describe(`a call that a handler makes, ${overHttp ? 'over HTTP' : 'by the short cut'},`, () => {
    afterEach(stopAll);
    const start = (): Promise<Running> => run(app, {}, { overHttp });

    for (const how of [
      'domain name',
      'its own name at AWS',
      'slash at the end',
      'plain http',
      'variable',
      'environment',
    ]) {
      it(`[L7] reaches @connections by an endpoint made of: ${how}`, async () => {
        const { connect } = await start();
        const { send, next } = await connect();
        send({ how });
        expect(await next()).toBe('posted');
        expect(await next()).toBe('done');
      });
    }

    const refused: readonly [how: string, error: string][] = [
      ['gone', 'GoneException: '],
      ['malformed', 'BadRequestException: Invalid connectionId: nobody'],
      ['too long', 'PayloadTooLargeException: '],
    ];
    for (const [how, error] of refused) {
      it(`[M4] is refused as the SDK knows it: ${how}`, async () => {
        const { connect } = await start();
        const { send, next } = await connect();
        send({ how });
        expect(await next()).toContain(error);
      });
    }

    it('[L7] [T1] reaches the table without an endpoint', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'table' });
      expect(await next()).toBe('kept');
    });

    it('[L7] fails at once at a service that nothing stands in for, and names it', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 's3' });
      expect(await next()).toBe(
        'Error: bucket.s3.us-east-1.amazonaws.com was called, but the local runner has nothing that stands in for it',
      );
    });

    it('[L7] [M11] is refused with 403 when it is not signed', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'unsigned' });
      expect(await next()).toBe('403');
    });
  });
}
