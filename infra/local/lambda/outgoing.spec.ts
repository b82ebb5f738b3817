import { run, type Running, stopAll } from '../testing/running.ts';

/** Posts back through a client built as the message asks, and stores what it was told. */
const HANDLER = `
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { get } from 'node:https';
import tls from 'node:tls';

const SIGNED = {
  authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0',
  'content-type': 'application/octet-stream',
};
/** Ways to call a host, each of which resolves or rejects. */
const ways = {
  get: (host) => new Promise((resolve, reject) => http.get('http://' + host + '/latest/meta-data', resolve).on('error', reject)),
  https: (host) => new Promise((resolve, reject) => https.get('https://' + host + '/x', resolve).on('error', reject)),
  options: (host) => new Promise((resolve, reject) =>
    https.request({ host, port: 443, method: 'POST', path: '/' }, resolve).on('error', reject).end()),
  fetch: (host) => fetch('https://' + host),
  http2: (host) => new Promise((resolve, reject) => http2.connect('https://' + host).on('connect', resolve).on('error', reject)),
  tls: (host) => new Promise((resolve, reject) => tls.connect(443, host, resolve).on('error', reject)),
  // SDK clients differ in the service alone.
  async SDK(host) {
    try {
      await new DynamoDBClient({ endpoint: 'https://' + host }).send(new GetItemCommand({ TableName: 'x', Key: {} }));
    } catch (error) {
      throw new Error(error.message + ', attempts: ' + (error.$metadata?.attempts ?? 1));
    }
  },
};
/** What version 2 of the SDK passes to https.request, for an endpoint without a scheme. */
const asVersion2 = (domainName, stage, connectionId) => new Promise((resolve, reject) => {
  const { protocol, hostname, port, pathname } = new URL('https://' + domainName + '/' + stage);
  const stream = https.request({
    protocol, host: hostname, port: Number(port || 443), method: 'POST',
    headers: { ...SIGNED, 'User-Agent': 'aws-sdk-nodejs/2.1692.0', Host: domainName, 'Content-Length': 6 },
    path: pathname + '/@connections/' + encodeURIComponent(connectionId),
    agent: new https.Agent({ keepAlive: true, maxSockets: 50, rejectUnauthorized: true }),
  }, (response) => { response.on('data', () => undefined).on('end', () => resolve(response)); });
  stream.setTimeout(120000, () => reject(new Error('timeout')));
  stream.once('socket', (socket) => { if (socket.connecting) socket.once('connect', () => undefined); });
  stream.once('error', reject);
  stream.end('posted');
});
/** What axios, got and node-fetch do with a request, its socket and its response. */
const asOtherClients = (domainName, stage, connectionId) => new Promise((resolve, reject) => {
  const url = new URL('https://' + domainName + '/' + stage + '/@connections/' + encodeURIComponent(connectionId));
  const request = https.request(url, { method: 'POST', headers: SIGNED, timeout: 5000 });
  request.once('error', reject);
  request.once('socket', (socket) => {
    socket.removeListener('timeout', reject);
    socket.prependOnceListener('timeout', reject);
    socket.setTimeout(5000);
  });
  request.once('response', (response) => {
    const names = response.rawHeaders.filter((_, index) => index % 2 === 0);
    response.resume().once('end', () => resolve(response.req === request && names.includes('content-type')));
  });
  request.end('posted');
});

export const handler = async ({ requestContext: { domainName, stage, connectionId, apiId }, body }) => {
  const { how, host } = JSON.parse(body);
  try {
    if (how === 'document') {
      const client = DynamoDBDocumentClient.from(new DynamoDBClient());
      await client.send(new PutCommand({ TableName: process.env.TABLE, Item: { id: 'b', text: 'kept: \u00fc \u6f22 \u{1f44b}' } }));
      const { Item } = await client.send(new GetCommand({ TableName: process.env.TABLE, Key: { id: 'b' } }));
      return { body: Item.text };
    }
    if (how in ways) return { body: String(await ways[how](host)) };
    if (how === 'fetch signed') {
      const response = await fetch(\`https://\${domainName}/\${stage}/@connections/\${connectionId}\`,
        { method: 'POST', headers: SIGNED, body: 'posted' });
      return { body: response.ok ? 'done' : String(response.status) };
    }
    if (how === 'version 2') {
      const { statusCode } = await asVersion2(domainName, stage, connectionId);
      return { body: statusCode === 200 ? 'done' : String(statusCode) };
    }
    if (how === 'other clients') return { body: (await asOtherClients(domainName, stage, connectionId)) ? 'done' : 'odd' };
    if (how === 'own socket') return { body: String(await ways[host](domainName)) };
    if (how === 'table') {
      const client = new DynamoDBClient(host ? { region: host } : {});
      await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { id: { S: 'a' }, text: { S: 'kept' } } }));
      const { Item } = await client.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { id: { S: 'a' } } }));
      return { body: Item.text.S };
    }
    if (how === 'no table') {
      const { message, name, $metadata } = await new DynamoDBClient().send(new GetItemCommand({ TableName: 'other', Key: {} })).catch((error) => error);
      return { body: [name, message, $metadata.httpStatusCode, typeof $metadata.requestId].join() };
    }
    if (how === 'ARN') {
      const TableName = 'arn:aws:dynamodb:us-east-1:123456789012:table/' + process.env.TABLE;
      return { body: await new DynamoDBClient().send(new GetItemCommand({ TableName, Key: { id: { S: 'a' } } })).then(() => 'got', String) };
    }
    if (how === 'gone' || how === 'malformed' || how === 'too long') {
      const client = new ApiGatewayManagementApiClient({});
      const ConnectionId = { gone: 'C51DherHNjMCI3Q=', malformed: 'nobody' }[how] ?? connectionId;
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x'.repeat(how === 'too long' ? 131073 : 1) }));
    }
    if (how === 'request ids') {
      const client = new ApiGatewayManagementApiClient({});
      const ids = [];
      for (const ConnectionId of [connectionId, connectionId, connectionId, 'C51DherHNjMCI3Q='])
        ids.push((await client.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' })).catch((error) => error)).$metadata.requestId);
      return { body: JSON.stringify(ids) };
    }
    if (how === 'unsigned') {
      const response = await new Promise((resolve, reject) =>
        get(\`https://\${domainName}/\${stage}/@connections/\${connectionId}\`, resolve).on('error', reject));
      return { body: String(response.statusCode) };
    }
    const endpoint = {
      'what the runner prints': host,
      'domain name': \`https://\${domainName}/\${stage}\`,
      'its own name at AWS': \`https://\${apiId}.execute-api.us-east-1.amazonaws.com/\${stage}\`,
      'its own name in another Region': \`https://\${apiId}.execute-api.eu-west-1.amazonaws.com/\${stage}\`,
      'no scheme': \`\${domainName}/\${stage}\`,
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
const appWith = (environment: Record<string, unknown>) => ({
  functions: {
    f: {
      code: HANDLER,
      environment: {
        TABLE: { Ref: 'Table' },
        CALLBACK_URL,
        ...environment,
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
});
/** As CDK writes `stage.callbackUrl`. */
const CALLBACK_URL = { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}' };
const app = appWith({ AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: CALLBACK_URL });

for (const overHttp of [false, true]) {
  describe(`a call that a handler makes, ${overHttp ? 'over HTTP' : 'by the short cut'},`, () => {
    afterEach(stopAll);
    const start = (): Promise<Running> => run(app, {}, { overHttp });

    for (const how of [
      'what the runner prints',
      'domain name',
      'its own name at AWS',
      'its own name in another Region',
      'slash at the end',
      'plain http',
      'variable',
      'environment',
      'fetch signed',
      'version 2',
      'other clients',
    ]) {
      it(`[L7] reaches @connections by an endpoint made of: ${how}`, async () => {
        const { connect, runner } = await start();
        const { send, next } = await connect();
        send({ how, host: runner.endpoints[0]?.managementUrl });
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

    it('[M15] is answered with a request id of its own, whatever becomes of it', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'request ids' });
      for (let count = 0; count < 3; count++) expect(await next()).toBe('x');
      const ids = JSON.parse(await next()) as string[];
      expect(ids).toEqual(
        Array(4).fill(jasmine.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)),
      );
      expect(new Set(ids).size).toBe(4);
    });

    it('[L7] reaches @connections by AWS_ENDPOINT_URL, the variable for every service', async () => {
      const { connect } = await run(appWith({ AWS_ENDPOINT_URL: CALLBACK_URL }), {}, { overHttp });
      const { send, next } = await connect();
      send({ how: 'environment' });
      expect(await next()).toBe('posted');
      expect(await next()).toBe('done');
    });

    it('[L7] fails as on AWS by an endpoint without a scheme, which the SDK takes for no URL', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'no scheme' });
      expect(await next()).toMatch(/^TypeError: Invalid URL/);
    });

    it('[L7] [T1] reaches the table by a document client', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'document' });
      expect(await next()).toBe('kept: ü 漢 👋');
    });

    it('[L7] [T1] is refused as the SDK knows it by a table that is not there', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'no table' });
      expect(await next()).toBe('ResourceNotFoundException,Requested resource not found,400,string');
    });

    it('[T10] is told that a table is not known by its ARN', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'ARN' });
      expect(await next()).toBe(
        'Error: a table was named by its ARN (123456789012.ddb.us-east-1.amazonaws.com): ' +
          'the local tables are known by their names alone',
      );
    });

    for (const region of [undefined, 'eu-west-1']) {
      it(`[L7] [T1] reaches the table without an endpoint${region === undefined ? '' : ', whatever Region the client is for'}`, async () => {
        const { connect } = await start();
        const { send, next } = await connect();
        send({ how: 'table', host: region });
        expect(await next()).toBe('kept');
      });
    }

    it('[L7] [M11] is refused with 403 when it is not signed', async () => {
      const { connect } = await start();
      const { send, next } = await connect();
      send({ how: 'unsigned' });
      expect(await next()).toBe('403');
    });
  });
}

describe('a call that a handler makes to what nothing stands in for', () => {
  afterEach(stopAll);

  const refused: readonly [how: string, host: string, service: string][] = [
    ['https', 'bucket.s3.us-east-1.amazonaws.com', 's3'],
    ['https', 'bucket.s3.dualstack.eu-west-1.amazonaws.com', 's3'],
    ['SDK', 'sqs.us-east-1.amazonaws.com', 'sqs'],
    ['options', 'sts.amazonaws.com', 'sts'],
    ['fetch', 'ssm.us-east-1.amazonaws.com', 'ssm'],
    ['fetch', 'lambda.us-east-1.api.aws', 'lambda'],
    ['http2', 'lambda.us-east-1.amazonaws.com', 'lambda'],
    ['tls', 'secretsmanager.cn-north-1.amazonaws.com.cn', 'secretsmanager'],
    ['https', 'other.execute-api.us-east-1.amazonaws.com', 'execute-api'],
    ['SDK', 'cognito-idp.eu-west-1.amazonaws.com', 'cognito-idp'],
    ['fetch', 'cognito-idp.eu-west-1.amazonaws.com', 'cognito-idp'],
    ['get', '169.254.169.254', 'credentials of an instance or container'],
    ['fetch', '169.254.170.2', 'credentials of an instance or container'],
    ['fetch', '[fd00:ec2::254]', 'credentials of an instance or container'],
  ];
  const HINT = '--env AWS_ENDPOINT_URL_…=http://localhost:… leads the SDK v3 to what does';
  it('[L7] fails at once, and names the service', async () => {
    const { connect } = await run(app);
    const { send, next } = await connect();
    for (const [how, host, service] of refused) {
      send({ how, host });
      expect(await next()).toBe(
        `Error: ${service} was called (${host}), but the local runner has nothing that stands in for it` +
          (service.startsWith('credentials') ? '' : `: ${HINT}`) +
          (how === 'SDK' ? ', attempts: 1' : ''),
      );
    }
  });

  for (const how of ['http2', 'tls']) {
    it(`[L7] fails at once by a socket of its own, and says what is redirected: ${how}`, async () => {
      const { connect } = await run(app);
      const { send, next } = await connect();
      send({ how: 'own socket', host: how });
      expect(await next()).toMatch(
        /^Error: \w+\.execute-api\.us-east-1\.amazonaws\.com is reached by node:http, node:https and the global fetch here/,
      );
    });
  }
});
