import { start } from '../start.ts';
import { run, runAssembly, stopAll } from '../testing/running.ts';
import { writeFolder } from '../testing/cdk-out.ts';
import { ANSWERING_API } from '../testing/sam.ts';

const layer = (key: string): object => ({
  Type: 'AWS::Lambda::LayerVersion',
  Properties: { Content: { S3Bucket: 'assets', S3Key: key }, CompatibleRuntimes: ['nodejs24.x'] },
});
/** A package whose default export is a text, as `require` and `import` find it. */
const packageOf = (folder: string, name: string, text: string): Record<string, string> => ({
  [`${folder}/node_modules/${name}/package.json`]: '{"main":"index.js"}',
  [`${folder}/node_modules/${name}/index.js`]: `module.exports = ${JSON.stringify(text)};`,
});
const LOWER = {
  ...packageOf('nodejs', 'both', 'lower'),
  ...packageOf('nodejs', 'lower-only', 'lower'),
  ...packageOf('nodejs', 'versioned', 'for all'),
  ...packageOf('nodejs/node24', 'versioned', 'for 24'),
  'nodejs/own.js': `exports.text = require('lower-only') + ' by path';`,
};
const UPPER = {
  ...packageOf('nodejs', 'both', 'upper'),
  'nodejs/module.mjs': `import both from 'both'; export const text = both + ' by path';`,
};

/** The app whose only function has both layers, and answers what an expression comes to. */
const appOf = (head: string, body: string, isCommonJs: boolean) => ({
  functions: {
    f: isCommonJs
      ? { code: `exports.handler = async () => ({ body: ${body} });`, commonJs: true as const }
      : { code: `${head}\nexport const handler = async () => ({ body: ${body} });` },
  },
  routes: { $default: 'f' },
  twoWay: ['$default'],
  assets: { lower: LOWER, upper: UPPER },
  resources: {
    Lower: layer('lower'),
    Upper: layer('upper'),
    Functionf: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'f',
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Code: { S3Bucket: 'assets', S3Key: 'f.zip' },
        Layers: [{ Ref: 'Lower' }, { Ref: 'Upper' }],
      },
    },
  },
});

describe('A function with layers', () => {
  afterEach(stopAll);

  for (const [says, name, text] of [
    ['a package of a layer', 'lower-only', 'lower'],
    ['the package of the layer that lies over the other', 'both', 'upper'],
    ['the package for its own version of Node.js', 'versioned', 'for 24'],
  ] as const) {
    for (const isCommonJs of [true, false]) {
      it(`[L30] finds ${says}, by ${isCommonJs ? 'require' : 'import'}`, async () => {
        const app = isCommonJs
          ? appOf('', `require('${name}')`, true)
          : appOf(`import text from '${name}';`, 'text', false);
        const { connect, runner } = await run(app);
        const { send, next } = await connect();
        send('x');
        expect(await next()).toBe(text);
        expect([...runner.ignored, ...runner.notEmulated]).toEqual([]);
      });
    }
  }

  it('[L30] finds files by their path below /opt, by require', async () => {
    const { connect } = await run(appOf('', `require('/opt/nodejs/own').text`, true));
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('lower by path');
  });

  it('[L30] finds files by their path below /opt, by import', async () => {
    const head = `import { text } from '/opt/nodejs/module.mjs';`;
    const { connect } = await run(appOf(head, 'text', false));
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('upper by path');
  });

  it('[L30] has its own packages before them, and the SDK of the runtime after them', async () => {
    const names = ['both', '@aws-sdk/lib-dynamodb'].map((name) => `typeof require('${name}')`);
    const app = appOf('', `${names.join(` + ' ' + `)} + require('both').own`, true);
    const own = { 'index.js': app.functions.f.code, ...packageOf('.', 'both', '') };
    const { connect } = await run({
      ...app,
      assets: { ...app.assets, own: { ...own, 'node_modules/both/index.js': `exports.own = ' my own';` } },
      resources: {
        ...app.resources,
        Functionf: {
          ...app.resources.Functionf,
          Properties: {
            ...app.resources.Functionf.Properties,
            Code: { S3Bucket: 'assets', S3Key: 'own' },
          },
        },
      },
    });
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('object object my own');
  });

  it('[L30] is told what neither it nor a layer has', async () => {
    const { connect, logged } = await run(appOf('', `require('nobodys')`, true));
    const { send } = await connect();
    send('x');
    expect(await logged('Error: ')).toContain(`Cannot find module 'nobodys'`);
  });

  const template = (more: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: "exports.handler = async () => ({ body: require('@aws-sdk/client-dynamodb') });"
      Layers: [!Ref Shared]
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layer, RetentionPolicy: Delete }
${more}
${ANSWERING_API}`;
  const BUILT = packageOf('layer/nodejs', '@aws-sdk/client-dynamodb', 'of the layer');

  it('[L30] [F8] has those of SAM, and the SDK of a layer before that of the runtime', async () => {
    const { directory, remove } = await writeFolder({ 'template.yaml': template(''), ...BUILT });
    const { connect, runner } = await runAssembly({ assembly: `${directory}/template.yaml` });
    expect([...runner.ignored, ...runner.notEmulated]).toEqual([]);
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('of the layer');
    await remove();
  });

  it('[L30] [F9] is refused when a layer is still to be built', async () => {
    const { directory, remove } = await writeFolder({
      'template.yaml': template('    Metadata: { BuildMethod: nodejs24.x }'),
      'layer/package.json': '{}',
    });
    await expectAsync(start({ assembly: `${directory}/template.yaml` })).toBeRejectedWithError(
      /^Shared: .*nodejs is not there, for its BuildMethod is "nodejs24\.x": run sam build/,
    );
    await remove();
  });
});
