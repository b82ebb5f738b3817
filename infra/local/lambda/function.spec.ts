import { run, stopAll } from '../testing/running.ts';

const OK = `export const handler = async () => ({});`;
const functionWith = (properties: object) => ({
  functions: { f: { code: OK } },
  routes: { $default: 'f' },
  resources: {
    Functionf: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'f.zip' },
        ...properties,
      },
    },
  },
});

describe('a function of the template', () => {
  afterEach(stopAll);

  const refused: readonly [says: string, properties: object, message: RegExp][] = [
    [
      '[L8] another runtime',
      { Runtime: 'java21' },
      /^Functionf: only Node\.js functions run here; its runtime is java21$/,
    ],
    [
      '[L8] an image',
      { Runtime: undefined, PackageType: 'Image', Code: { ImageUri: 'x' } },
      /^Functionf: only Node\.js functions run here; its runtime is none \(a container image\)$/,
    ],
    [
      '[L30] a layer of an account',
      { Layers: ['arn:aws:lambda:us-east-1:1:layer:x:1'] },
      /^Functionf: the layer arn:aws:lambda:us-east-1:1:layer:x:1 is in an account and not in the template: /,
    ],
    [
      '[L34] more time than Lambda gives',
      { Timeout: 901 },
      /^Functionf: Timeout is no whole number from 1 to 900$/,
    ],
    ['[L34] no time', { Timeout: '0' }, /^Functionf: Timeout is no/],
    [
      '[L34] too little memory',
      { MemorySize: 64 },
      /^Functionf: MemorySize is no whole number from 128 to 10240$/,
    ],
    [
      '[L6] variables with names of Lambda',
      { Environment: { Variables: { AWS_REGION: 'eu-west-1', A: '1', _HANDLER: 'x' } } },
      /^Functionf: Lambda reserves the environment variable AWS_REGION, _HANDLER$/,
    ],
  ];
  for (const [says, properties, message] of refused) {
    it(`${says}: refused at start, and the resource is named`, async () => {
      await expectAsync(run(functionWith(properties))).toBeRejectedWithError(message);
    });
  }

  it('[L30] no layers, as a list that is empty, runs', async () => {
    const { runner } = await run(functionWith({ Layers: [] }));
    expect(runner.endpoints.length).toBe(1);
  });
});
