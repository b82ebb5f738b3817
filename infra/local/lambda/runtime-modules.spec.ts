import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runAssembly, stopAll } from '../testing/running.ts';
import { ANSWERING_API } from '../testing/sam.ts';

const templateOn = (runtime: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Rows: { Type: AWS::Serverless::SimpleTable, Properties: { TableName: rows } }
  F:
    Type: AWS::Serverless::Function
    Properties: { Runtime: ${runtime}, Handler: index.handler, CodeUri: code, Timeout: 10 }
${ANSWERING_API}`;
/** Writes a row, reads it, and posts what it has read to the client. */
const BODY = `
  const { requestContext: { domainName, stage, connectionId: id } } = event;
  const rows = DynamoDBDocumentClient.from(new DynamoDBClient());
  await rows.send(new PutCommand({ TableName: 'rows', Item: { id, said: event.body } }));
  const { Item } = await rows.send(new GetCommand({ TableName: 'rows', Key: { id } }));
  const Data = JSON.stringify(marshall({ said: Item.said }));
  await new ApiGatewayManagementApiClient({ endpoint: \`https://\${domainName}/\${stage}\` })
    .send(new PostToConnectionCommand({ ConnectionId: id, Data }));
  return {};`;
const CLIENTS: readonly (readonly [names: string, from: string])[] = [
  ['ApiGatewayManagementApiClient, PostToConnectionCommand', '@aws-sdk/client-apigatewaymanagementapi'],
  ['DynamoDBClient', '@aws-sdk/client-dynamodb'],
  ['DynamoDBDocumentClient, GetCommand, PutCommand', '@aws-sdk/lib-dynamodb'],
  ['marshall', '@aws-sdk/util-dynamodb'],
];
const ESM = `${CLIENTS.map(([names, from]) => `import { ${names} } from '${from}';`).join('\n')}
export const handler = async (event) => {${BODY}};`;
const COMMON_JS = `${CLIENTS.map(([names, from]) => `const { ${names} } = require('${from}');`).join('\n')}
exports.handler = async (event) => {${BODY}};`;

describe('A function that leaves the AWS SDK to the runtime', () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    await stopAll();
    for (const one of undo.splice(0)) await one();
  });

  /** What the function answers to one frame, or what it logs when it does not load; far from every node_modules. */
  async function answerOf(
    files: Readonly<Record<string, string>>,
    runtime = 'nodejs24.x',
  ): Promise<{ answer: string; log: string }> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'runtime-modules-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    for (const [name, text] of Object.entries({ 'template.yaml': templateOn(runtime), ...files })) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const { connect, log } = await runAssembly({ assembly: join(folder, 'template.yaml') });
    const client = await connect();
    client.send('hello');
    return { answer: await client.next(), log: log.join('\n') };
  }

  for (const [says, file, code] of [
    ['import', 'code/index.mjs', ESM],
    ['require', 'code/index.js', COMMON_JS],
    ['require, in a .cjs file', 'code/index.cjs', COMMON_JS],
    [
      'a dynamic import',
      'code/index.js',
      `exports.handler = async (event) => {
      const all = await Promise.all([${CLIENTS.map(([, from]) => `import('${from}')`).join(', ')}]);
      const { ${CLIENTS.map(([names]) => names).join(', ')} } = Object.assign({}, ...all);
      ${BODY}};`,
    ],
  ] as const) {
    it(`[L12] finds it by ${says}`, async () => {
      const { answer, log } = await answerOf({ [file]: code });
      expect(answer).toBe('{"said":{"S":"hello"}}');
      expect(log).toBe('');
    });
  }

  it('[L12] has its own copy first', async () => {
    const own = 'code/node_modules/@aws-sdk/client-dynamodb';
    const { answer } = await answerOf({
      'code/index.js': `exports.handler = async () => ({ body: require('@aws-sdk/client-dynamodb').own });`,
      [`${own}/package.json`]: '{"main":"index.js"}',
      [`${own}/index.js`]: `exports.own = 'my own';`,
    });
    expect(answer).toBe('my own');
  });

  for (const [says, file, code] of [
    ['import', 'code/index.mjs', `import '@aws-sdk/client-s3'; export const handler = async () => ({});`],
    ['require', 'code/index.js', `require('@aws-sdk/client-s3'); exports.handler = async () => ({});`],
  ] as const) {
    it(`[L12] is told by name, by ${says}, what this runner does not come with`, async () => {
      const { answer, log } = await answerOf({ [file]: code });
      expect(answer).toContain('Internal server error');
      expect(log).toContain(
        `@aws-sdk/client-s3 comes with Lambda's runtime, but not with this runner: install it beside the function's code, or bundle it`,
      );
    });
  }

  for (const [runtime, told] of [
    ['nodejs16.x', "aws-sdk comes with Lambda's runtime, but not with this runner: install it beside"],
    ['nodejs18.x', "Cannot find module 'aws-sdk/clients/dynamodb'"],
  ] as const) {
    it(`[L12] is told what it misses of version 2 on ${runtime}`, async () => {
      const code = `require('aws-sdk/clients/dynamodb'); exports.handler = async () => ({});`;
      const { answer, log } = await answerOf({ 'code/index.js': code }, runtime);
      expect(answer).toContain('Internal server error');
      expect(log).toContain(told);
    });
  }

  it('[L12] misses any other package as before', async () => {
    const { log } = await answerOf({ 'code/index.js': `require('no-such-package');` });
    expect(log).toContain(`Cannot find module 'no-such-package'`);
  });
});
