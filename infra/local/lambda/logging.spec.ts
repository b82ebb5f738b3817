import { run, stopAll } from '../testing/running.ts';

const CODE = `export const handler = async (event, context) => {
  for (const method of ['trace', 'debug', 'log', 'info', 'warn', 'error']) console[method]('printed by ' + method);
  const { AWS_LAMBDA_LOG_GROUP_NAME: group, AWS_LAMBDA_LOG_FORMAT: format, AWS_LAMBDA_LOG_LEVEL: level } = process.env;
  return { body: JSON.stringify({ group, named: context.logGroupName, format, level }) };
};`;
const appWith = (LoggingConfig?: object) => ({
  functions: { f: { code: CODE } },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  resources: {
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/my/group' } },
    Functionf: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'f',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'f.zip' },
        ...(LoggingConfig && { LoggingConfig }),
      },
    },
  },
});

describe('the log of a function', () => {
  afterEach(stopAll);

  const ALL = ['trace', 'debug', 'log', 'info', 'warn', 'error'];
  const usual = { group: '/aws/lambda/f', named: '/aws/lambda/f' };
  const cases: readonly [config: object | undefined, tells: object, printed: readonly string[]][] = [
    [undefined, usual, ALL],
    [{ LogFormat: 'Text' }, usual, ALL],
    [{ LogGroup: { Ref: 'Logs' } }, { group: '/my/group', named: '/my/group' }, ALL],
    [{ LogFormat: 'JSON' }, { ...usual, format: 'JSON', level: 'INFO' }, ALL.slice(2)],
    [
      { LogFormat: 'JSON', ApplicationLogLevel: 'ERROR' },
      { ...usual, format: 'JSON', level: 'ERROR' },
      ['error'],
    ],
    [{ LogFormat: 'JSON', ApplicationLogLevel: 'FATAL' }, { ...usual, format: 'JSON', level: 'FATAL' }, []],
    [{ LogFormat: 'JSON', ApplicationLogLevel: 'TRACE' }, { ...usual, format: 'JSON', level: 'TRACE' }, ALL],
  ];
  for (const [config, tells, printed] of cases) {
    it(`[L36] goes where LoggingConfig says, ${JSON.stringify(config)}, and has ${printed.join() || 'nothing'}`, async () => {
      const { connect, log, runner } = await run(appWith(config));
      const { send, next } = await connect();
      send('x');
      expect(JSON.parse(await next())).toEqual(tells);
      const found = log.flatMap((line) => /printed by (\w+)$/.exec(line)?.[1] ?? []);
      expect(found).toEqual([...printed]);
      expect(runner.notEmulated).toEqual([]);
    });
  }
});
