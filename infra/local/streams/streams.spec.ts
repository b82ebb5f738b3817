import { parseTemplate } from '../template/assembly.ts';
import { Stack } from '../template/stack.ts';
import type { TestApp } from '../testing/assembly.ts';
import { run, stopAll } from '../testing/running.ts';
import { readEventSources } from './event-source.ts';

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'messages',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  },
};
const mapping = (properties: object = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: { 'Fn::GetAtt': ['Messages', 'StreamArn'] },
    FunctionName: { Ref: 'Functionbroadcast' },
    StartingPosition: 'LATEST',
    ...properties,
  },
});

/** Writes what it is sent to a table, from whose stream it comes back to whoever sent it. */
const app = (source: object): TestApp => ({
  functions: {
    write: {
      code: `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async ({ requestContext: { connectionId, requestId, domainName, stage }, body }) => {
  const Item = { id: requestId, connectionId, body, endpoint: \`https://\${domainName}/\${stage}\` };
  await client.send(new PutItemCommand({
    TableName: 'messages',
    Item: Object.fromEntries(Object.entries(Item).map(([name, S]) => [name, { S }])),
  }));
  return {};
};`,
    },
    broadcast: {
      code: `
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
let tried = 0;
export const handler = async ({ Records }) => {
  for (const { eventName, dynamodb: { NewImage: { connectionId, body, endpoint } } } of Records) {
    if (body.S === 'fail once' && tried++ === 0) throw new Error('once');
    const client = new ApiGatewayManagementApiClient({ endpoint: endpoint.S });
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId.S, Data: \`\${eventName} \${body.S}\` }));
  }
};`,
    },
  },
  routes: { $default: 'write' },
  resources: { Messages: TABLE, Source: source },
});

describe('A function that is mapped to the stream of a table', () => {
  afterEach(stopAll);

  for (const overHttp of [false, true]) {
    it(`gets what other functions write, and may tell clients, ${overHttp ? 'over HTTP' : 'by the short cut'} [T9]`, async () => {
      const { connect, runner } = await run(app(mapping()), {}, { overHttp });
      const { send, next } = await connect();
      for (const text of ['one', 'two']) {
        send(text);
        expect(await next()).toBe(`INSERT ${text}`);
      }
      expect(runner.ignored).toEqual([]);
      expect(runner.notEmulated).toEqual([]);
    });
  }

  it('gets them again when it fails, and its calls stand among the others [T9] [X11]', async () => {
    const { connect, runner, logged } = await run(app(mapping()));
    const { send, next } = await connect();
    send('fail once');
    expect(await logged('Error: once')).toContain('index.mjs');
    expect(await next()).toBe('INSERT fail once');
    const invocations = async (): Promise<unknown> =>
      (await fetch(`http://localhost:${runner.port}/_local/invocations`)).json();
    while (JSON.stringify(await invocations()).split('"stream"').length < 3);
    expect(await invocations()).toContain(
      jasmine.objectContaining({ function: 'broadcast', route: 'stream', outcome: 'failed' }),
    );
  });

  it('gets what its filter lets through [T9]', async () => {
    const Pattern = JSON.stringify({ dynamodb: { NewImage: { body: { S: [{ prefix: 'say ' }] } } } });
    const { connect } = await run(app(mapping({ FilterCriteria: { Filters: [{ Pattern }] } })));
    const { send, next } = await connect();
    send('whisper this');
    send('say that');
    expect(await next()).toBe('INSERT say that');
  });

  it('names what is not made anything of, and other sources as not run [F6] [T9]', async () => {
    const { runner } = await run({
      ...app(mapping({ TumblingWindowInSeconds: 10, ParallelizationFactor: 2 })),
      resources: {
        Messages: TABLE,
        Source: mapping({ TumblingWindowInSeconds: 10 }),
        Queue: mapping({ EventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:queue' }),
      },
    });
    expect(runner.notEmulated).toEqual([
      {
        type: 'AWS::Lambda::EventSourceMapping',
        logicalId: 'Source',
        properties: ['TumblingWindowInSeconds'],
      },
    ]);
    expect(runner.ignored).toEqual(['AWS::Lambda::EventSourceMapping']);
  });

  it('that is switched off gets nothing, and it alone is named [T9]', async () => {
    const { runner, connect, log } = await run(app(mapping({ Enabled: false, FunctionName: 'nobody' })));
    (await connect()).send('x');
    expect(runner.ignored).toEqual(['AWS::Lambda::Function Functionbroadcast (nothing here calls it)']);
    expect(log).toEqual([]);
  });

  for (const [says, resources, message] of [
    [
      'of a table without one',
      { Messages: { ...TABLE, Properties: { ...TABLE.Properties, StreamSpecification: undefined } } },
      'Source: Messages has no stream',
    ],
    [
      'whose filter cannot be read',
      { Source: mapping({ FilterCriteria: { Filters: [{ Pattern: '[]' }] } }) },
      'Source: the filter pattern [] is no JSON object',
    ],
    [
      'whose function there is not',
      { Source: mapping({ FunctionName: 'nobody' }) },
      'Source: no function of the template has the ARN arn:aws:lambda:us-east-1:123456789012:function:nobody',
    ],
  ] as const) {
    it(`${says} is an error [T9]`, async () => {
      const base = app(mapping());
      await expectAsync(
        run({ ...base, resources: { ...base.resources, ...resources } }),
      ).toBeRejectedWithError(message);
    });
  }
});

describe('The mapping of a stream', () => {
  it('has what the template says of batches and attempts, and what AWS takes where it says nothing [T9]', () => {
    const sourceOf = (properties: object) => {
      const template = parseTemplate('test', { Resources: { Messages: TABLE, Source: mapping(properties) } });
      return readEventSources([new Stack(template)]).sources[0];
    };
    expect(sourceOf({ FunctionName: 'f' })).toEqual(
      jasmine.objectContaining({
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        table: 'messages',
        batchSize: 100,
        windowMs: 0,
        retries: Infinity,
        maxAgeMs: 86_400_000,
        bisects: false,
        reportsFailures: false,
      }),
    );
    expect(
      sourceOf({
        FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:f:live',
        BatchSize: 5,
        MaximumBatchingWindowInSeconds: 2,
        MaximumRetryAttempts: 3,
        MaximumRecordAgeInSeconds: 60,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    ).toEqual(
      jasmine.objectContaining({
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f:live',
        batchSize: 5,
        windowMs: 2000,
        retries: 3,
        maxAgeMs: 60_000,
        bisects: true,
        reportsFailures: true,
      }),
    );
  });
});
