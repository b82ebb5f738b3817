import { join } from 'node:path';
import { writeFolder } from '../testing/cdk-out.ts';
import { runAssembly, stopAll } from '../testing/running.ts';
import { ANSWERING_API } from '../testing/sam.ts';

const template = (runtime: string, options = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: ${runtime}
      Handler: index.handler
      CodeUri: code
      Environment: { Variables: { NODE_OPTIONS: '${options}' } }
${ANSWERING_API}`;
const COMMON_JS = {
  'code/index.js': `const { word } = require('./lib/word');
    exports.handler = async () => ({ body: [word, typeof module].join(' ') });`,
  'code/lib/word.js': `exports.word = 'common';`,
};
const ES_MODULES = {
  'code/index.js': `import { word } from './lib/word.js';
    export const handler = async () => ({ body: [word, typeof module].join(' ') });`,
  'code/lib/word.js': `export const word = 'module';`,
};
const MIXED = {
  'code/index.mjs': `import * as all from './lib/word.js';
    import word from './lib/word.js';
    export const handler = async () => ({ body: [all.word, word.word, word === all.default, word.count()].join(' ') });`,
  'code/lib/word.js': `let counted = 0; exports.word = 'common'; exports.count = () => ++counted;`,
};

describe('A .js file of a function', () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    await stopAll();
    for (const one of undo.splice(0)) await one();
  });

  /** What is answered to a frame by code in an app whose package.json says `module`, and the log. */
  async function answerOf(files: Readonly<Record<string, string | object>>, ...kind: [string, string?]) {
    const { directory, remove } = await writeFolder({
      'package.json': { type: 'module' },
      'template.yaml': template(...kind),
      ...files,
    });
    undo.push(remove);
    const { connect, log } = await runAssembly({ assembly: join(directory, 'template.yaml') });
    const client = await connect();
    client.send('x');
    return { answer: await client.next(), log: log.join('\n') };
  }

  const runs: readonly [
    says: string,
    files: Record<string, string | object>,
    answer: string,
    string,
    string?,
  ][] = [
    ['is CommonJS, whatever package.json the app around has', COMMON_JS, 'common object', 'nodejs24.x'],
    ['is so on Node.js 22 too', COMMON_JS, 'common object', 'nodejs22.x'],
    ['is so to an ES module that imports it', MIXED, 'common common true 1', 'nodejs24.x'],
    ['is an ES module by its syntax', ES_MODULES, 'module undefined', 'nodejs24.x'],
    [
      'is an ES module by the function’s own package.json',
      { ...ES_MODULES, 'code/package.json': { type: 'module' } },
      'module undefined',
      'nodejs22.x',
    ],
    [
      'is an ES module by its syntax on Node.js 22 when NODE_OPTIONS say so',
      ES_MODULES,
      'module undefined',
      'nodejs22.x',
      '--experimental-detect-module',
    ],
  ];
  for (const [says, files, answer, ...kind] of runs) {
    it(`[L22] ${says}`, async () => {
      expect((await answerOf(files, ...kind)).answer).toBe(answer);
    });
  }

  for (const [says, more] of [
    ['without a package.json of its own', {}],
    ['with one that has no type', { 'code/package.json': {} }],
  ] as const) {
    it(`[L22] is no ES module on Node.js 22 ${says}, and the log says why`, async () => {
      const { answer, log } = await answerOf({ ...ES_MODULES, ...more }, 'nodejs22.x');
      expect(answer).toContain('Internal server error');
      expect(log).toContain('Cannot use import statement outside a module');
    });
  }
});
