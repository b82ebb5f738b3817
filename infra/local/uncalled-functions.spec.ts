import { run, stopAll } from './testing/running.ts';

const CODE = { code: 'export const handler = async () => ({ statusCode: 200 });' };
const token = (ServiceToken: unknown): object => ({ Type: 'Custom::Bucket', Properties: { ServiceToken } });

describe('a function that nothing here calls', () => {
  afterEach(stopAll);

  it('[F12] is named at the start, whatever its runtime, unless CloudFormation calls it', async () => {
    const { runner } = await run({
      functions: {
        f: CODE,
        guard: CODE,
        cron: CODE,
        python: { ...CODE, runtime: 'python3.13' },
        empties: CODE,
      },
      routes: { $connect: 'f', $default: 'f' },
      authorizer: { function: 'guard', identitySources: [] },
      resources: {
        Bucket: token({ 'Fn::GetAtt': ['Functionempties', 'Arn'] }),
        Elsewhere: token({ 'Fn::ImportValue': 'of-another-team' }),
      },
    });
    expect(runner.ignored).toEqual([
      'Custom::Bucket',
      'AWS::Lambda::Function Functioncron (nothing here calls it)',
      'AWS::Lambda::Function Functionpython (nothing here calls it)',
    ]);
  });
});
