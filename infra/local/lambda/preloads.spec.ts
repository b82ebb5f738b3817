import { run, stopAll } from '../testing/running.ts';

const TELL = `exports.handler = async () => ({ body: JSON.stringify([globalThis.loaded, process.env.NODE_OPTIONS]) });`;
const load = (name: string) => `(globalThis.loaded ??= []).push('${name}');`;
const FILES = {
  'package.json': '{}',
  'index.js': TELL,
  'first.js': load('first'),
  'sub/second.mjs': load('second'),
  'node_modules/third/index.js': load('third'),
};
const appWith = (options: string) => ({
  functions: { f: { code: '' } },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  assets: { 'code.zip': FILES },
  resources: {
    Functionf: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'f',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
        Environment: { Variables: { NODE_OPTIONS: options } },
      },
    },
  },
});

describe('NODE_OPTIONS', () => {
  afterEach(stopAll);

  const cases: readonly [options: string, loaded: readonly string[] | null][] = [
    ['--require ./first.js', ['first']],
    ['-r third --enable-source-maps', ['third']],
    ['--import=./sub/second.mjs --require "./first.js"', ['first', 'second']],
    ['--import third --import /var/task/first.js', ['third', 'first']],
    ['--dns-result-order=ipv4first', null],
  ];
  for (const [options, loaded] of cases) {
    it(`[L37] loads what it names from the function's folder: ${options}`, async () => {
      const { connect } = await run(appWith(options));
      const { send, next } = await connect();
      send('x');
      expect(JSON.parse(await next())).toEqual([loaded, options]);
    });
  }

  it('[L37] fails the function that has not what it names', async () => {
    const { connect, logged } = await run(appWith('--import ./none.mjs'));
    const { send, next } = await connect();
    send('x');
    expect(await next()).toContain('"Internal server error"');
    expect(await logged('f init ')).toContain('none.mjs');
  });
});
