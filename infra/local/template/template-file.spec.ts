import { once } from 'node:events';
import { WebSocket } from 'ws';
import { zipSync } from 'fflate';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runner } from '../runner.ts';
import { start } from '../start.ts';
import { writeFolder } from '../testing/cdk-out.ts';

const SAM = 'Transform: AWS::Serverless-2016-10-31';
/** A handler that says what it was called with, and its environment's WORD. */
const SAYS =
  'exports.handler = async ({ body }) => ({ statusCode: 200, body: `${process.env.WORD} ${body}` });';
const PACKAGE = '{}';

/** A WebSocket API in which `route` goes to the function F, written by hand as people do. */
const api = (lambda: string, head = ''): string => `
AWSTemplateFormatVersion: 2010-09-09
${head}
Parameters:
  Word: { Type: String, Default: hello }
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action } }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: dev, AutoDeploy: true } }
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: $default
      RouteResponseSelectionExpression: $default
      Target: !Join [/, [integrations, !Ref Integration]]
  Response: { Type: AWS::ApiGatewayV2::RouteResponse, Properties: { ApiId: !Ref Api, RouteId: !Ref Route, RouteResponseKey: $default } }
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${F.Arn}/invocations
  Permission:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, FunctionName: !Ref F, Principal: apigateway.amazonaws.com }
  F:
${lambda.trim().replace(/^/gm, '    ')}
`;
const plain = (code: string, handler = 'index.handler'): string => `
Type: AWS::Lambda::Function
Properties:
  Runtime: nodejs24.x
  Handler: ${handler}
  Environment: { Variables: { WORD: !Ref Word } }
  Code: ${code}`;

describe('A template file', () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
  });

  async function folder(files: Readonly<Record<string, string>>): Promise<string> {
    const { directory, remove } = await writeFolder({ 'package.json': PACKAGE, ...files });
    undo.push(remove);
    return directory;
  }
  async function run(path: string, parameters: Record<string, string> = {}): Promise<Runner> {
    const runner = await start({ assembly: path, parameters });
    undo.push(() => runner.stop());
    return runner;
  }
  async function say(runner: Runner, frame: string): Promise<string> {
    const socket = new WebSocket(runner.endpoints[0]?.webSocketUrl ?? '');
    undo.push(() => socket.terminate());
    await once(socket, 'open');
    socket.send(frame);
    return String((await once(socket, 'message'))[0]);
  }

  for (const [says, name, code] of [
    ['inline', 'template.yaml', `{ ZipFile: "${SAYS.replaceAll('"', '\\"')}" }`],
    ['inline with an intrinsic function around it', 'stack.yml', `{ ZipFile: !Join ["", ["${SAYS}", ""]] }`],
    ['in a folder beside it', 'template.yaml', 'src/'],
    ['in a folder above it', 'infra/template.yaml', '../src'],
  ] as const) {
    it(`[F7] is run with code ${says}`, async () => {
      const directory = await folder({ [name]: api(plain(code)), 'src/index.js': SAYS });
      expect(await say(await run(join(directory, name)), 'x')).toBe('hello x');
    });
  }

  it('[F7] is run with code in a zip file', async () => {
    const directory = await folder({ 'template.yaml': api(plain('code.zip', 'lib/app.handler')) });
    const text = new TextEncoder();
    const zip = zipSync({
      'lib/app.js': text.encode(`exports.handler = require('./h').handler;`),
      'lib/h.js': text.encode(SAYS),
    });
    await writeFile(join(directory, 'code.zip'), zip);
    expect(await say(await run(join(directory, 'template.yaml')), 'x')).toBe('hello x');
  });

  it('[F7] is run as JSON too, and takes parameters', async () => {
    const directory = await folder({
      'template.json': JSON.stringify(
        {
          Parameters: { Word: { Type: 'String' } },
          Transform: 'AWS::Serverless-2016-10-31',
          Resources: {
            F: {
              Type: 'AWS::Serverless::Function',
              Properties: {
                Runtime: 'nodejs24.x',
                Handler: 'index.handler',
                InlineCode: SAYS,
                Environment: { Variables: { WORD: { Ref: 'Word' } } },
              },
            },
            Ws: {
              Type: 'AWS::Serverless::WebSocketApi',
              Properties: {
                RouteSelectionExpression: '$request.body.action',
                Routes: {
                  talk: {
                    FunctionArn: { 'Fn::GetAtt': 'F.Arn' },
                    RouteResponseSelectionExpression: '$default',
                  },
                },
              },
            },
            Answer: {
              Type: 'AWS::ApiGatewayV2::RouteResponse',
              Properties: {
                ApiId: { Ref: 'Ws' },
                RouteId: { Ref: 'WsTalkRoute' },
                RouteResponseKey: '$default',
              },
            },
          },
        },
        null,
        '\t',
      ),
    });
    const runner = await run(join(directory, 'template.json'), { Word: 'given' });
    expect(runner.endpoints[0]?.webSocketUrl).toMatch(/\/default$/);
    expect(await say(runner, '{"action":"talk"}')).toBe('given {"action":"talk"}');
    expect(runner.notEmulated).toEqual([]);
    expect(runner.ignored).toEqual([]);
  });

  it('[L11] is read again when it is written again', async () => {
    const withWord = (word: string): string =>
      api(plain(`{ ZipFile: "exports.handler = async () => ({ body: '${word}' });" }`));
    const directory = await folder({ 'template.yaml': withWord('before') });
    const path = join(directory, 'template.yaml');
    const log: string[] = [];
    const { promise: reloaded, resolve: reload } = Promise.withResolvers<string>();
    const runner = await start({
      assembly: path,
      watch: true,
      log: (line) => {
        log.push(line);
        if (line.endsWith(' reloaded')) reload(line);
      },
    });
    undo.push(() => runner.stop());
    expect(await say(runner, 'x')).toBe('before');
    await writeFile(path, withWord('after'));
    expect(await reloaded).toMatch(/^template-F-\w+ reloaded$/);
    expect(await say(runner, 'x')).toBe('after');
    expect(log.filter((line) => line.startsWith('WARNING'))).toEqual([]);
  });

  it('[F9] is run as sam build leaves it, and refused before, for what has to be built is not there', async () => {
    const lambda = `
Type: AWS::Serverless::Function
Properties: { Runtime: nodejs24.x, Handler: app.handler, CodeUri: CODE, Environment: { Variables: { WORD: built } } }
Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts] } }`;
    const directory = await folder({
      'template.yaml': api(lambda.replace('CODE', 'src/'), SAM),
      'src/app.ts': 'export const handler = async (): Promise<object> => ({});',
      '.aws-sam/build/template.yaml': api(lambda.replace('CODE', 'F'), SAM),
      '.aws-sam/build/F/app.js': SAYS,
    });
    await expectAsync(run(join(directory, 'template.yaml'))).toBeRejectedWithError(
      `F: ${join(directory, 'src/app')}.js is not there, for its BuildMethod is "esbuild": ` +
        'run sam build, and give .aws-sam/build/template.yaml',
    );
    expect(await say(await run(join(directory, '.aws-sam/build/template.yaml')), 'x')).toBe('built x');
  });

  it('[F3] has stacks in it: of CloudFormation and applications of SAM, by their files', async () => {
    const inner = `
Parameters: { Word: { Type: String } }
Resources: {}
Outputs: { Said: { Value: !Sub "\${Word} inside" } }`;
    const lambda = plain('src').replace('!Ref Word', '!Sub "${One.Outputs.Said}, ${Two.Outputs.Said}"');
    const directory = await folder({
      'template.yaml': `${api(lambda, SAM)}
  One: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./one/inner.yaml, Parameters: { Word: 1 } } }
  Two: { Type: AWS::Serverless::Application, Properties: { Location: two.yaml, Parameters: { Word: two } } }`,
      'one/inner.yaml': inner,
      'two.yaml': inner,
      'src/index.js': SAYS,
    });
    expect(await say(await run(join(directory, 'template.yaml')), 'x')).toBe('1 inside, two inside x');
  });

  for (const [says, files, message] of [
    ['that is not there', {}, /template\.yaml cannot be read: is there a template\?$/],
    [
      'that is no YAML',
      { 'template.yaml': 'a: [' },
      /template\.yaml: line 1, column 5: Flow sequence in block collection/,
    ],
    ['that is a text', { 'template.yaml': 'hello' }, /^template is not a template$/],
    [
      'that needs a macro',
      { 'template.yaml': 'Transform: [AWS::LanguageExtensions, MyMacro]' },
      'template: Transform MyMacro is not supported, for only AWS can apply it',
    ],
    [
      'with a loop',
      { 'template.yaml': 'Resources: { "Fn::ForEach::Topics": [Name, [a], {}] }' },
      'Fn::ForEach::Topics in template is not supported',
    ],
    [
      'that is a stack inside itself',
      {
        'template.yaml':
          'Resources: { A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: template.yaml } } }',
      },
      /template\.yaml is a stack inside itself$/,
    ],
    ['whose code is not there', { 'template.yaml': api(plain('src')) }, /^F: its code is not there: .*src$/],
    [
      'whose code is no zip file',
      { 'template.yaml': api(plain('template.yaml')) },
      /^F: its code must be a folder or a zip file, and .* is neither$/,
    ],
    [
      'that was packaged',
      { 'template.yaml': api(plain('{ S3Bucket: b, S3Key: k }')) },
      'F: its code is in S3: give the template as it was before it was packaged',
    ],
  ] as const) {
    it(`[F7] ${says} is refused`, async () => {
      const directory = await folder(files);
      await expectAsync(run(join(directory, 'template.yaml'))).toBeRejectedWith(
        jasmine.objectContaining({
          message: typeof message === 'string' ? message : jasmine.stringMatching(message),
        }),
      );
    });
  }

  it('[F7] whose zip file names a file elsewhere on this machine is refused, and nothing is written', async () => {
    const directory = await folder({ 'template.yaml': api(plain('code.zip')) });
    await writeFile(join(directory, 'code.zip'), zipSync({ '../outside.js': new Uint8Array([1]) }));
    await expectAsync(run(join(directory, 'template.yaml'))).toBeRejectedWithError(
      /^F: .*code\.zip has a file outside itself, \.\.\/outside\.js$/,
    );
  });
});
