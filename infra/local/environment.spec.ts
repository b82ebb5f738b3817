import { run, stopAll } from './testing/running.ts';

/** What the AWS CDK writes of a stack with `env: { account: '111111111111', region: 'eu-west-1' }`: text, no pseudo-parameters. */
const permission = (name: string): object => ({
  [`Permission${name}`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: `Function${name}` },
      Principal: 'apigateway.amazonaws.com',
      SourceAccount: '111111111111',
      SourceArn: { 'Fn::Join': ['', ['arn:aws:execute-api:eu-west-1:111111111111:', { Ref: 'Api' }, '/*']] },
    },
  },
});
const PLACES = `JSON.stringify({
  region: process.env.AWS_REGION,
  lambda: context.invokedFunctionArn,
  api: event.requestContext.domainName.replace(event.requestContext.apiId, 'ID'),
  method: event.requestContext.authorizer.method.replace(event.requestContext.apiId, 'ID'),
})`;
const app = (environment: string) => ({
  environment,
  functions: {
    guard: {
      code: `export const handler = async ({ methodArn }) => ({
        principalId: 'me',
        context: { method: methodArn },
        policyDocument: { Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }] },
      });`,
    },
    f: {
      code: `
        import { ApiGatewayManagementApi } from '@aws-sdk/client-apigatewaymanagementapi';
        import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
        export const handler = async (event, context) => {
          const { domainName, stage, connectionId, eventType } = event.requestContext;
          if (eventType !== 'MESSAGE') return { statusCode: 200 };
          await new DynamoDBClient().send(new DescribeTableCommand({ TableName: 'rows' }));
          await new ApiGatewayManagementApi({ endpoint: 'https://' + domainName + '/' + stage })
            .postToConnection({ ConnectionId: connectionId, Data: ${PLACES} });
        };`,
    },
  },
  routes: { $connect: 'f', $default: 'f' },
  authorizer: { function: 'guard', identitySources: [] },
  resources: {
    Rows: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'rows',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      },
    },
    ...permission('f'),
    ...permission('guard'),
  },
});

describe('[F20] a stack that says in which account and Region it is', () => {
  afterEach(stopAll);

  it('is there: its permissions, ARNs and hosts are, and its functions', async () => {
    const { connect, log } = await run(app('aws://111111111111/eu-west-1'));
    const client = await connect();
    client.send('where?');
    expect(JSON.parse(await client.next())).toEqual({
      region: 'eu-west-1',
      lambda: 'arn:aws:lambda:eu-west-1:111111111111:function:f',
      api: 'ID.execute-api.eu-west-1.amazonaws.com',
      method: 'arn:aws:execute-api:eu-west-1:111111111111:ID/test/$connect',
    });
    expect(log.filter((line) => line.includes('WARNING'))).toEqual([]);
  });

  it('is not another: the permissions of one account are none in another', async () => {
    const { connect, log } = await run(app('aws://222222222222/eu-west-1'));
    await expectAsync(connect()).toBeRejectedWithError(/500/);
    expect(log).toContain(jasmine.stringContaining('covers arn:aws:execute-api:eu-west-1:222222222222:'));
  });

  for (const [environment, account, region] of [
    ['aws://unknown-account/eu-west-1', '123456789012', 'eu-west-1'],
    ['aws://111111111111/unknown-region', '111111111111', 'us-east-1'],
  ] as const) {
    it(`has what it does not say from the runner: ${environment}`, async () => {
      const { log } = await run(app(environment));
      expect(log).toContain(jasmine.stringContaining(`covers arn:aws:execute-api:${region}:${account}:`));
    });
  }
});
