import { mkdir, readFile, rename, rm, writeFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestApp } from '../testing/assembly.ts';
import { run, stopAll } from '../testing/running.ts';

/** Counts its events and says a word; `wait` waits for half a second, and `say` is said when it is over. */
const code = (word: string): string => `
  let count = 0;
  export const handler = async ({ body }) => {
    count++;
    if (body === 'wait') {
      console.log('under way');
      await new Promise((done) => setTimeout(done, 500));
    }
    return { body: ${JSON.stringify(word)} + count };
  };`;
const app: TestApp = {
  functions: { f: { code: code('one') }, g: { code: code('other') } },
  routes: { $default: 'f', g: 'g' },
  twoWay: ['$default', 'g'],
};
const start = () => run(app, {}, { watch: true });

describe('a function whose code changes', () => {
  afterEach(stopAll);

  it('[L11] answers from the new code on the same socket, and the log says which it is', async () => {
    const { connect, directory, logged, log } = await start();
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('one1');
    send('{"action":"g"}');
    expect(await next()).toBe('other1');

    await writeFile(join(directory, 'asset.f/index.mjs'), code('two'));
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('two1');
    send('{"action":"g"}');
    expect(await next()).toBe('other2');
    expect(log).toEqual(['f reloaded']);
  });

  it('[L11] ends an event with the code that it began with, while the next has the new', async () => {
    const { connect, directory, logged } = await start();
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('one1');
    send('wait');
    await logged('under way');
    await writeFile(join(directory, 'asset.f/index.mjs'), code('two'));
    await logged('f reloaded');
    send('x');
    expect([await next(), await next()].sort()).toEqual(['one2', 'two1']);
  });

  it('[L11] that is broken says so, and the next save mends it', async () => {
    const { connect, directory, logged } = await start();
    const { send, next } = await connect();
    const file = join(directory, 'asset.f/index.mjs');
    await writeFile(file, 'export const handler = ;');
    expect(await logged('f init ')).toContain('SyntaxError');
    send('x');
    expect(await next()).toContain('Internal server error');
    await writeFile(file, code('mended'));
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('mended1');
  });

  it('[L11] keeps what it has until a build that takes the folder away has made it anew', async () => {
    const { connect, directory, logged, log } = await start();
    const { send, next } = await connect();
    const folder = join(directory, 'asset.f');
    send('x');
    expect(await next()).toBe('one1');
    await rm(folder, { recursive: true });
    // Seen only after the folder's end, by the same watch.
    await writeFile(join(directory, 'asset.g/index.mjs'), code('later'));
    await logged('g reloaded');
    send('x');
    expect(await next()).toBe('one2');
    expect(log).toEqual(['g reloaded']);
    await mkdir(join(folder, 'lib'), { recursive: true });
    await writeFile(join(folder, 'lib/word.mjs'), `export { handler } from './handler.mjs';`);
    await writeFile(join(folder, 'lib/handler.mjs'), code('built'));
    await writeFile(join(folder, 'index.mjs'), `export { handler } from './lib/word.mjs';`);
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('built1');
    await writeFile(join(folder, 'lib/handler.mjs'), code('deep'));
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('deep1');
  });

  it('[L11] does not fail an event because its instance was to load code that was half written', async () => {
    const { connect, directory, logged } = await start();
    const { send, next } = await connect();
    const file = join(directory, 'asset.f/index.mjs');
    await writeFile(file, `console.log('HALF'); throw new Error('not all of it is there');`);
    await logged('HALF');
    await logged('f init ');
    await utimes(file, new Date(), new Date());
    send('x');
    await logged('HALF');
    await writeFile(file, code('whole'));
    expect(await next()).toBe('whole1');
  });

  it('[L11] goes through many saves under load, and loses no event', async () => {
    const { connect, directory, logged } = await start();
    const { send, next } = await connect();
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 20; count++) send('x');
      await writeFile(join(directory, 'asset.f/index.mjs'), code(`round${round}.`));
      await logged('f reloaded');
      for (let count = 0; count < 20; count++) send('x');
      const answers = [];
      for (let count = 0; count < 40; count++) answers.push(await next());
      expect(answers.filter((answer) => answer.includes('message'))).toEqual([]);
      expect(answers.at(-1)).toMatch(new RegExp(`^round${round}\\.`));
    }
  });
});

describe('an assembly that is synthesized anew', () => {
  afterEach(stopAll);

  /** Does to the files of an assembly what another synthesis does: the manifest comes last. */
  async function synthesizeAgain(directory: string, change: (template: string) => string): Promise<void> {
    const template = join(directory, 'test.template.json');
    await writeFile(template, change(await readFile(template, 'utf8')));
    const manifest = join(directory, 'manifest.json');
    await writeFile(manifest, await readFile(manifest));
  }
  /** Puts the code of `f` into another folder, as a hash in its name does. */
  async function moveCode(directory: string, text: string): Promise<void> {
    await mkdir(join(directory, 'asset.f2'));
    await writeFile(join(directory, 'asset.f2/package.json'), '{}');
    await writeFile(join(directory, 'asset.f2/index.mjs'), text);
    const assets = join(directory, 'test.assets.json');
    await writeFile(assets, (await readFile(assets, 'utf8')).replace('"asset.f"', '"asset.f2"'));
  }

  it('[L11] gives the function its new folder on the same socket, and watches that', async () => {
    const { connect, directory, logged, log } = await start();
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('one1');
    await moveCode(directory, code('two'));
    await synthesizeAgain(directory, (template) => template);
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('two1');
    await writeFile(join(directory, 'asset.f2/index.mjs'), code('three'));
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('three1');
    expect(log).toEqual(['f reloaded', 'f reloaded']);
  });

  for (const [says, called] of [
    ['by the version that is of this code', 'FunctionfVersion1111'],
    ['by an alias of that version', 'Live'],
  ] as const) {
    it(`[L11] [L21] gives an integration that names the function ${says} the new code, and needs no restart`, async () => {
      const version = 'FunctionfVersion1111';
      const { connect, directory, logged, log } = await run(
        {
          ...app,
          resources: {
            [version]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Functionf' } } },
            Live: {
              Type: 'AWS::Lambda::Alias',
              Properties: {
                FunctionName: { Ref: 'Functionf' },
                FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
                Name: 'live',
              },
            },
            Integrationf: {
              Type: 'AWS::ApiGatewayV2::Integration',
              Properties: {
                ApiId: { Ref: 'Api' },
                IntegrationType: 'AWS_PROXY',
                IntegrationUri: {
                  'Fn::Sub': `arn:aws:apigateway:x:lambda:path/2015-03-31/functions/\${${called}}/invocations`,
                },
              },
            },
            Permissionf: {
              Type: 'AWS::Lambda::Permission',
              Properties: {
                Action: 'lambda:InvokeFunction',
                FunctionName: { Ref: called },
                Principal: 'apigateway.amazonaws.com',
              },
            },
          },
        },
        {},
        { watch: true },
      );
      const { send, next } = await connect();
      send('x');
      expect(await next()).toBe('one1');
      await moveCode(directory, code('two'));
      // CDK puts a hash of the code into the logical id of a version.
      await synthesizeAgain(directory, (template) => template.replaceAll(version, 'FunctionfVersion2222'));
      await logged('f reloaded');
      send('x');
      expect(await next()).toBe('two1');
      expect(log).toEqual(['f reloaded']);
    });
  }

  it('[L11] [L31] gives the function its new environment, and what is given over it', async () => {
    const { connect, directory, logged } = await run(
      {
        ...app,
        functions: {
          f: {
            code: `export const handler = () => ({ body: process.env.A + ' ' + process.env.B });`,
            environment: { A: 'before', B: 'template' },
          },
        },
        routes: { $default: 'f' },
      },
      {},
      { watch: true, variables: { B: 'given' } },
    );
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('before given');
    await synthesizeAgain(directory, (template) => template.replace('before', 'after'));
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('after given');
  });

  it('[L11] says what needs a restart, and takes the functions all the same', async () => {
    const { connect, directory, logged } = await start();
    const { send, next } = await connect();
    await moveCode(directory, code('two'));
    await synthesizeAgain(directory, (template) => template.replace('"RouteKey":"g"', '"RouteKey":"h"'));
    expect(await logged('WARNING ')).toBe('restart to run what has changed: test: Route1');
    await logged('f reloaded');
    send('x');
    expect(await next()).toBe('two1');
  });

  it('[L11] says what cannot be run, and runs what it had', async () => {
    const { connect, directory, logged } = await start();
    const { send, next } = await connect();
    await synthesizeAgain(directory, (template) => template.replace('nodejs24.x', 'python3.13'));
    expect(await logged('WARNING not reloaded: ')).toContain('Functionf: only Node.js functions run here');
    await synthesizeAgain(directory, () => '{');
    expect(await logged('WARNING not reloaded: ')).toContain('JSON');
    await rename(join(directory, 'manifest.json'), join(directory, 'gone.json'));
    expect(await logged('WARNING not reloaded: ')).toContain('manifest.json cannot be read');
    send('x');
    expect(await next()).toBe('one1');
  });
});
