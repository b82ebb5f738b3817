import { DescribeTimeToLiveCommand, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import { run, stopAll } from '../testing/running.ts';
import { startDatabase, stopDatabases, tablesOf, until } from './testing.ts';

const GLOBAL = 'AWS::DynamoDB::GlobalTable';
const here = { Region: 'us-east-1' };

describe('A table of the template', () => {
  afterEach(stopDatabases);

  for (const [feature, properties, type] of [
    ['KinesisStreamSpecification', { KinesisStreamSpecification: { StreamArn: 'arn' } }],
    ['ImportSourceSpecification', { ImportSourceSpecification: { InputFormat: 'CSV' } }],
    ['FeatureOfTomorrow', { FeatureOfTomorrow: true }],
    ['KinesisStreamSpecification', { Replicas: [{ ...here, KinesisStreamSpecification: {} }] }, GLOBAL],
    ['GlobalTableSourceArn', { GlobalTableSourceArn: 'arn' }, GLOBAL],
    ['A, B', { A: 1, B: 2 }],
  ] as const) {
    it(`${type ?? 'AWS::DynamoDB::Table'} with ${feature} is refused, and both are named [T5]`, () => {
      expect(() => tablesOf(properties, type)).toThrowError(`Rows: the local table does not have ${feature}`);
    });
  }

  for (const [says, properties, type] of [
    [
      'capacity, price, operation and access',
      {
        BillingMode: 'PROVISIONED',
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
        OnDemandThroughput: {},
        WarmThroughput: {},
        TableClass: 'STANDARD',
        ContributorInsightsSpecification: { Enabled: true },
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        ResourcePolicy: {},
        SSESpecification: { SSEEnabled: true },
        Tags: [],
      },
    ],
    [
      'other Regions, and the stream that they need',
      {
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        Replicas: [here, { Region: 'eu-west-1', KinesisStreamSpecification: {} }],
      },
      GLOBAL,
    ],
  ] as const) {
    it(`goes without ${says} [T5]`, () => {
      expect(tablesOf(properties, type).map(({ name }) => name)).toEqual(['rows']);
    });
  }

  for (const [says, type, Replicas, properties] of [
    ['is of its own is named as not emulated', 'AWS::DynamoDB::Table', undefined, ['StreamSpecification']],
    ['is of its own, in one Region, is named as not emulated', GLOBAL, [here], ['StreamSpecification']],
    ['AWS copies its rows by is not', GLOBAL, [here, { Region: 'eu-west-1' }], undefined],
  ] as const) {
    it(`may have a stream that no function reads: one that ${says} [T9]`, async () => {
      const { runner } = await run({
        functions: { f: { code: `export const handler = async () => ({});` } },
        routes: { $default: 'f' },
        resources: {
          Rows: {
            Type: type,
            Properties: {
              KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
              AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
              StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
              Replicas,
            },
          },
        },
      });
      expect(runner.notEmulated).toEqual(properties ? [{ type, logicalId: 'Rows', properties }] : []);
      expect(runner.ignored).toEqual([]);
      await stopAll();
    });
  }

  it('is refused with its name when DynamoDB would refuse it [T5]', async () => {
    await expectAsync(
      startDatabase({ AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }] }),
    ).toBeRejectedWithError(
      /^Rows: CreateTable was refused: [^{"]*not defined in AttributeDefinitions[^{"]*$/,
    );
  });

  for (const [operation, command] of [
    ['ExecuteStatement', new ExecuteStatementCommand({ Statement: 'SELECT * FROM rows' })],
    ['DescribeTimeToLive', new DescribeTimeToLiveCommand({ TableName: 'rows' })],
  ] as const) {
    it(`answers ${operation} with UnknownOperationException, and the log says who called it [T4]`, async () => {
      const { client, log } = await startDatabase();
      const called: Promise<unknown> =
        operation === 'ExecuteStatement' ? client.send(command) : client.send(command);
      await expectAsync(called).toBeRejectedWith(
        jasmine.objectContaining({ name: 'UnknownOperationException' }),
      );
      await until(() => log.length > 0);
      expect(log).toEqual([`dynamodb writer called ${operation}, which the local tables do not have`]);
    });
  }

  it('names in the log the function that called what there is not [T4]', async () => {
    const { connect, logged } = await run({
      functions: {
        selector: {
          code: `
import { DynamoDBClient, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
export const handler = async () => {
  await new DynamoDBClient({}).send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM rows' }));
  return {};
};`,
        },
      },
      routes: { $default: 'selector' },
    });
    const { send } = await connect();
    send('x');
    expect(await logged('dynamodb ')).toBe(
      'selector called ExecuteStatement, which the local tables do not have',
    );
    await stopAll();
  });
});
