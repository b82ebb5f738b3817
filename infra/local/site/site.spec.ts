import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { TestApp } from '../testing/assembly.ts';
import { run, stopAll } from '../testing/running.ts';

const LONG = 'h1 { color: red }\n'.repeat(100);
const CSP = {
  'Fn::Sub': "default-src 'none'; connect-src 'self' wss://${Api}.execute-api.us-east-1.amazonaws.com/test",
};
const MARKER = '<<marker:0xbaba:0>>';

const deployment = (properties: object): object => ({
  Type: 'Custom::CDKBucketDeployment',
  Properties: { DestinationBucketName: { Ref: 'Bucket' }, SourceObjectKeys: ['page.zip'], ...properties },
});
/** A site as CDK writes it; `config` goes into the distribution, `more` beside it. */
const app = (config: object = {}, more: object = {}): TestApp => ({
  functions: { act: { code: 'export const handler = async () => ({ statusCode: 200 });' } },
  routes: { $connect: 'act' },
  assets: {
    'page.zip': {
      'index.html': '<title>page</title>',
      'main-ABC.js': 'export {};',
      'styles.css': LONG,
      'a b/note.txt': 'note',
      'data.unknown': '?',
    },
    'config.zip': {
      'config.json': `{"webSocketUrl":"wss://${MARKER}.execute-api.us-east-1.amazonaws.com/test"}`,
    },
  },
  resources: {
    Bucket: { Type: 'AWS::S3::Bucket' },
    Files: deployment({
      SourceObjectKeys: ['page.zip', 'config.zip'],
      SourceMarkers: [{}, { [MARKER]: { Ref: 'Api' } }],
      SystemMetadata: { 'cache-control': 'no-cache' },
    }),
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          SecurityHeadersConfig: {
            ContentSecurityPolicy: { ContentSecurityPolicy: CSP, Override: true },
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: true },
            ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
            StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
          },
          CustomHeadersConfig: {
            Items: [
              { Header: 'Permissions-Policy', Value: 'camera=()', Override: true },
              { Header: 'Cache-Control', Value: 'max-age=1', Override: false },
            ],
          },
          RemoveHeadersConfig: { Items: [{ Header: 'Last-Modified' }] },
        },
      },
    },
    Site: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          DefaultRootObject: 'index.html',
          Origins: [
            { Id: 'bucket', DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } },
            { Id: 'elsewhere', DomainName: 'elsewhere.example' },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'bucket',
            Compress: true,
            CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
            ResponseHeadersPolicyId: { Ref: 'Headers' },
          },
          ...config,
        },
      },
    },
    ...more,
  },
});

describe('a site', () => {
  afterEach(stopAll);

  async function serve(test: TestApp = app(), options: object = {}) {
    const running = await run(test, { idleTimeoutMs: 5000 }, { sitePort: 0, ...options });
    const [site] = running.runner.sites;
    const port = site?.port ?? 0;
    const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', address = '127.0.0.1') =>
      answerOf(address, port, { path, headers, method });
    return { ...running, port, ask };
  }

  it("[S1] serves the root object for /, and no folder's", async () => {
    const { ask, runner } = await serve();
    expect((await ask('/?room=x')).text).toBe('<title>page</title>');
    expect((await ask('/a b/')).status).toBe(403);
    expect(runner.ignored).toEqual([]);
  });

  it('[S2] answers by the first behavior that fits, and [S16] names what it does not run', async () => {
    const { ask, runner } = await serve(
      app({
        WebACLId: 'firewall',
        CacheBehaviors: [
          { PathPattern: 'api/*', TargetOriginId: 'elsewhere' },
          { PathPattern: '/*.c?s', TargetOriginId: 'bucket', AllowedMethods: ['GET'] },
        ],
      }),
    );
    expect((await ask('/api/x.css')).status).toBe(502);
    const plain = await ask('/styles.css', { 'accept-encoding': 'br' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['x-frame-options']).toBeUndefined();
    expect((await ask('/styles.css', {}, 'HEAD')).status).toBe(403);
    expect(runner.notEmulated).toEqual([
      { type: 'AWS::CloudFront::Distribution', logicalId: 'Site', properties: ['WebACLId'] },
    ]);
  });

  it('[S3] answers GET and HEAD alike, and any other method with 403', async () => {
    const { ask } = await serve();
    const [got, head] = [await ask('/index.html'), await ask('/index.html', {}, 'HEAD')];
    expect(head.text).toBe('');
    expect({ ...head.headers, date: '' }).toEqual({ ...got.headers, date: '' });
    expect(head.headers['content-length']).toBe('19');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask('/index.html', {}, method)).status)
        .withContext(method)
        .toBe(403);
    }
  });

  it('[S4] puts a page in the place of an error, and the error in the place of a page that is not there', async () => {
    const pages = (ResponsePagePath: string) => [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath }];
    const { ask } = await serve(app({ CustomErrorResponses: pages('/index.html') }));
    const answer = await ask('/room/7');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('<title>page</title>');
    expect(answer.headers['x-frame-options']).toBe('DENY');
    const { ask: other } = await serve(app({ CustomErrorResponses: pages('/gone.html') }));
    expect((await other('/room/7')).status).toBe(403);
  });

  it('[S5] answers 403 for a key that is not there, and 404 where CloudFront may list', async () => {
    const { ask } = await serve();
    for (const path of ['/nothing', '/%zz', '/../index.html']) {
      const { status, headers, text } = await ask(path);
      expect(status).withContext(path).toBe(403);
      expect(headers['content-type']).toBe('application/xml');
      expect(text).toContain('<Code>AccessDenied</Code>');
    }
    const Statement = [
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: ['s3:GetObject', 's3:ListBucket'],
      },
    ];
    const Access = {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement } },
    };
    const { ask: listing } = await serve(app({}, { Access }));
    expect((await listing('/nothing')).text).toContain('<Code>NoSuchKey</Code>');
    expect((await listing('/nothing')).status).toBe(404);
  });

  it('[S6] serves what was uploaded, with the metadata of its deployment', async () => {
    const hashed = deployment({
      Exclude: ['*'],
      Include: ['*-[A-Z]*.js', '?ote.txt'],
      SystemMetadata: { 'cache-control': 'max-age=9' },
      DestinationBucketKeyPrefix: 'v1',
      UserMetadata: { Team: 'web' },
    });
    const { ask } = await serve(app({}, { Hashed: hashed }));
    const { headers } = await ask('/v1/main-ABC.js');
    expect(headers['cache-control']).toBe('max-age=9');
    expect(headers['x-amz-meta-team']).toBe('web');
    expect((await ask('/main-ABC.js')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/v1/styles.css')).status).toBe(403);
    expect((await ask('/v1/a%20b/note.txt')).status).toBe(403);
    expect((await ask('/a%20b/note.txt')).text).toBe('note');
  });

  it('[S7] guesses the content type', async () => {
    const { ask } = await serve();
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/main-ABC.js', 'text/javascript'],
      ['/styles.css', 'text/css'],
      ['/data.unknown', 'binary/octet-stream'],
    ] as const) {
      expect((await ask(path)).headers['content-type'])
        .withContext(path)
        .toBe(type);
    }
  });

  it('[S9] answers 304 to who has the same already', async () => {
    const { ask } = await serve();
    const { etag = '', 'cache-control': cache } = (await ask('/index.html')).headers;
    expect(etag).toBe(`"${createHash('md5').update('<title>page</title>').digest('hex')}"`);
    for (const tags of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await ask('/index.html', { 'if-none-match': tags });
      expect(answer.status).withContext(tags).toBe(304);
      expect(answer.headers['cache-control']).toBe(cache);
      expect(answer.headers['x-frame-options']).toBe('DENY');
    }
    const later = new Date(Date.now() + 1000).toUTCString();
    const earlier = new Date(0).toUTCString();
    const status = async (headers: Record<string, string>) => (await ask('/index.html', headers)).status;
    expect(await status({ 'if-modified-since': later })).toBe(304);
    expect(await status({ 'if-modified-since': earlier })).toBe(200);
    expect(await status({ 'if-none-match': '"x"', 'if-modified-since': later })).toBe(200);
  });

  it('[S10] compresses text that is long enough for who takes it, as Brotli best', async () => {
    const { ask } = await serve();
    const css = async (accept: string) => ask('/styles.css', { 'accept-encoding': accept });
    const both = await css('gzip, deflate, br');
    expect(both.headers['content-encoding']).toBe('br');
    expect(both.headers['vary']).toBe('accept-encoding');
    expect(brotliDecompressSync(both.bytes).toString()).toBe(LONG);
    const gzip = await css('gzip, br;q=0');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.bytes).toString()).toBe(LONG);
    const plain = await css('identity');
    expect(plain.text).toBe(LONG);
    expect(gzip.headers['etag']).toBe(`W/${plain.headers['etag']}`);
    expect((await ask('/', { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
    expect((await ask('/styles.css', { 'if-none-match': gzip.headers['etag'] ?? '' })).status).toBe(304);
  });

  it('[S11] adds and removes the headers that its policy names', async () => {
    const { ask } = await serve();
    const { headers } = await ask('/main-ABC.js');
    expect(headers).toEqual(
      jasmine.objectContaining({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=60; includeSubDomains',
        'permissions-policy': 'camera=()',
        'cache-control': 'no-cache',
      }),
    );
    expect(headers['last-modified']).toBeUndefined();
    expect((await ask('/nothing')).headers['cache-control']).toBe('max-age=1');
  });

  it('[S8] [S12] names the API where it stands here, under the name that it was asked by', async () => {
    const { ask, runner } = await serve();
    for (const [host, name] of [
      ['localhost:4200', 'localhost'],
      ['127.0.0.1:4200', 'localhost'],
      ['192.168.1.5:4200', '192.168.1.5'],
      ['laptop.local', 'laptop.local'],
      ["x;script-src'", 'localhost'],
    ] as const) {
      const url = `ws://${name}:${runner.port}/test`;
      const { headers, text } = await ask('/config.json', { host });
      expect(JSON.parse(text))
        .withContext(host)
        .toEqual(jasmine.objectContaining({ webSocketUrl: url }));
      expect(headers['content-security-policy']).toBe(`default-src 'none'; connect-src 'self' ${url}`);
    }
  });

  it("[S13] [X12] tells the runner's limits, and where /_local is to who may use it", async () => {
    const { ask, port, runner } = await serve();
    const config = async (host: string): Promise<unknown> =>
      JSON.parse((await ask('/config.json', { host })).text);
    const told = { idleTimeoutMs: 5000, webSocketUrl: `ws://localhost:${runner.port}/test` };
    expect(await config(`localhost:${port}`)).toEqual({ ...told, local: '_local/' });
    expect(await config('localhost:1')).toEqual(told);
  });

  it('[X10] hands /_local on to its own page alone', async () => {
    const { ask, port } = await serve();
    const own = `http://localhost:${port}`;
    const from = async (headers: Record<string, string>) => (await ask('/_local/faults', headers)).status;
    expect(await from({ host: `localhost:${port}` })).toBe(200);
    expect(await from({ host: `localhost:${port}`, origin: own })).toBe(200);
    expect(await from({ host: `localhost:${port}`, origin: 'http://attacker.example' })).toBe(403);
    expect(await from({ host: `attacker.example:${port}` })).toBe(403);
    expect(await from({ host: `localhost:${port}`, 'x-forwarded-for': '192.168.1.9' })).toBe(403);
  });

  it('[X14] is reached at a further address of this machine, when there is to be one', async () => {
    const { ask, runner } = await serve(app(), { host: '127.0.0.2' });
    for (const address of ['127.0.0.1', '127.0.0.2']) {
      const { text } = await ask('/config.json', { host: `${address}:1` }, 'GET', address);
      const name = address === '127.0.0.1' ? 'localhost' : address;
      expect(JSON.parse(text)).toEqual(
        jasmine.objectContaining({ webSocketUrl: `ws://${name}:${runner.port}/test` }),
      );
    }
    const alone = await serve();
    await expectAsync(alone.ask('/', {}, 'GET', '127.0.0.2')).toBeRejected();
  });

  it('says why it cannot serve a file that has gone from the assembly, and serves it again when it is back', async () => {
    const { ask, directory, logged } = await serve();
    const file = join(directory, 'folder.page.zip/main-ABC.js');
    await rename(file, `${file}.away`);
    const failed = await ask('/main-ABC.js?token=secret');
    expect(failed.status).toBe(500);
    expect(failed.text).toBe('{"message":"Internal server error"}');
    expect(await logged('WARNING ')).toMatch(/^GET \/main-ABC\.js failed: ENOENT: .*main-ABC\.js/);
    expect((await ask('/')).status).toBe(200);
    await rename(`${file}.away`, file);
    expect((await ask('/main-ABC.js')).text).toBe('export {};');
  });

  it('is not served unless somebody asks for it, nor without files', async () => {
    const { runner } = await run(app());
    expect(runner.sites).toEqual([]);
    expect(runner.ignored).toContain('AWS::CloudFront::Distribution');
    const empty = await run(app({}, { Files: { Type: 'AWS::SNS::Topic' } }), {}, { sitePort: 0 });
    expect(empty.runner.sites).toEqual([]);
  });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** By hand, for `fetch` decodes what is compressed and chooses the `Host` itself. */
function answerOf(
  address: string,
  port: number,
  { path, headers, method }: { path: string; headers: Record<string, string>; method: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: address,
      port,
      path: path.replaceAll(' ', '%20'),
      headers,
      method,
      agent: false,
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const single = Object.entries(response.headers).map(
          ([name, value]) => [name, value?.toString()] as const,
        );
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(single),
          bytes,
          text: bytes.toString('utf8'),
        });
      });
    });
    asked.end();
  });
}
