import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { run, stopAll } from '../testing/running.ts';
import type { TestFunction } from '../testing/assembly.ts';

interface Context {
  readonly left: number;
  readonly awsRequestId: string;
  readonly names: readonly string[];
}

/** An app whose only function is `f`; what it answers comes back. */
const appOf = (f: TestFunction) => ({
  functions: { f },
  routes: { $default: 'f' },
  twoWay: ['$default'],
});
const TROUBLE = jasmine.stringContaining('"Internal server error"');

describe('a function', () => {
  afterEach(stopAll);

  it('[L1] keeps its module state from one event to the next', async () => {
    const { connect } = await run(
      appOf({ code: `let count = 0; export const handler = async () => ({ body: String(++count) });` }),
    );
    const { send, next } = await connect();
    for (const expected of ['1', '2', '3']) {
      send('x');
      expect(await next()).toBe(expected);
    }
  });

  it('[L1] handles one event at a time in each instance, and several at a time in several', async () => {
    const { connect } = await run(
      appOf({
        code: `let running = 0;
          export const handler = async () => {
            if (++running > 1) throw new Error('two at a time');
            const from = Date.now();
            await new Promise((resolve) => setTimeout(resolve, 300));
            running--;
            return { body: JSON.stringify({ from, to: Date.now() }) };
          };`,
      }),
    );
    const { send, next } = await connect();
    for (let count = 0; count < 6; count++) send('x');
    const spans: { from: number; to: number }[] = [];
    for (let count = 0; count < 6; count++)
      spans.push(JSON.parse(await next()) as { from: number; to: number });
    const together = spans.map(({ from }) => spans.filter((one) => one.from <= from && from < one.to).length);
    expect(Math.max(...together)).toBeGreaterThan(1);
  });

  it('[L2] does nothing between its answer and the next event', async () => {
    const { connect, log } = await run(
      appOf({
        code: `let ticks = 0;
          setInterval(() => ticks++, 10).unref();
          export const handler = async () => ({ body: String(ticks) });`,
      }),
    );
    const { send, next } = await connect();
    send('x');
    const before = Number(await next());
    await new Promise((resolve) => setTimeout(resolve, 500));
    send('x');
    // A timer that is behind catches up with one tick, not with fifty.
    expect(Number(await next()) - before).toBeLessThan(5);
    expect(log).toEqual([]);
  });

  it('[L15] goes on with what it did not wait for when the next event comes, not before', async () => {
    const { connect, log } = await run(
      appOf({
        code: `let done = 'not done';
          export const handler = async ({ body }) => {
            if (body === 'begin') setTimeout(() => { done = 'done'; console.log('late'); }, 50);
            if (body === 'wait') await new Promise((resolve) => setTimeout(resolve, 200));
            return { body: done };
          };`,
      }),
    );
    const { send, next } = await connect();
    send('begin');
    expect(await next()).toBe('not done');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(log).toEqual([]);
    send('wait');
    expect(await next()).toBe('done');
    expect(log).toEqual([jasmine.stringMatching(/^f [0-9a-f-]{36} late$/)]);
  });

  it('[L32] answers on Node.js 22 before it is ended by what was rejected meanwhile, and the next event is well', async () => {
    const { connect, logged } = await run(
      appOf({
        runtime: 'nodejs22.x',
        code: `export const handler = async ({ body }) => {
            void Promise.reject(new Error('lost ' + body));
            return { body };
          };`,
      }),
    );
    const { send, next } = await connect();
    const bodies = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const body of bodies) {
      send(body);
      expect(await next()).toBe(body);
    }
    const told: string[] = [];
    while (told.length < bodies.length) told.push((await logged('Error: lost ')).slice(0, 1));
    expect(told.sort()).toEqual(bodies);
  });

  it('[L15] fails the next event when what it did not wait for is rejected then', async () => {
    const { connect, logged } = await run(
      appOf({
        code: `export const handler = async ({ body }) => {
            if (body === 'begin') setTimeout(() => { void Promise.reject(new Error('too late')); }, 50);
            if (body === 'wait') await new Promise((resolve) => setTimeout(resolve, 1000));
            return { body: 'well' };
          };`,
      }),
    );
    const { send, next } = await connect();
    send('begin');
    expect(await next()).toBe('well');
    send('wait');
    expect(await next()).toEqual(TROUBLE);
    expect(await logged('Error: ')).toContain('too late');
    send('x');
    expect(await next()).toBe('well');
  });

  const failures: readonly [says: string, code: string, logged: string][] = [
    ['throws', `export const handler = async () => { throw new TypeError('broken'); };`, 'TypeError: broken'],
    [
      'never settles its promise',
      `export const handler = () => new Promise(() => undefined);`,
      'Runtime.NodeJsExit',
    ],
    ['exits', `export const handler = async () => process.exit(3);`, 'exit status 3'],
    [
      'throws outside its promise',
      `export const handler = () => new Promise(() => setTimeout(() => { throw new Error('late'); }));`,
      'late',
    ],
    [
      'rejects a promise that nobody waits for',
      `export const handler = async () => { void Promise.reject(new Error('lost')); await new Promise((done) => setTimeout(done, 50)); };`,
      'lost',
    ],
    [
      'rejects a promise that nobody waits for as it answers',
      `export const handler = async () => { void Promise.reject(new Error('lost')); return { body: 'never' }; };`,
      'lost',
    ],
    [
      'answers with a circle',
      `export const handler = async () => { const a = {}; a.a = a; return a; };`,
      'circular',
    ],
    [
      'has no memory left',
      `export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };`,
      'memory',
    ],
    [
      'kills its process',
      `export const handler = async () => { process.kill(process.pid, 'SIGKILL'); await new Promise((done) => setTimeout(done, 1e6)); };`,
      'signal: killed',
    ],
    [
      'answers with more than 6 MB',
      `export const handler = async () => ({ body: 'x'.repeat(6 * 1024 * 1024) });`,
      'Function.ResponseSizeTooLarge',
    ],
    ['aborts', `export const handler = async () => process.abort();`, 'abort'],
    ['throws what is no error', `export const handler = async () => { throw null; };`, 'null'],
    [
      'loops for ever',
      `export const handler = async () => { for (;;); };`,
      'Task timed out after 1.00 seconds',
    ],
    [
      'waits for ever',
      `export const handler = () => new Promise((done) => setTimeout(done, 1e6));`,
      'Task timed out after 1.00 seconds',
    ],
  ];
  for (const [says, code, expected] of failures) {
    it(`[L3] [L4] [L29] [L32] that ${says} fails that event, says why in the log, and handles the next`, async () => {
      const { connect, log } = await run(
        appOf({
          code: `${code.replace('handler', 'broken')}
            export const handler = async (event) => event.body === 'break' ? broken() : { body: 'well' };`,
          // To fill the memory takes its time.
          timeout: expected.includes('timed out') ? 1 : 20,
        }),
      );
      const { send, next } = await connect();
      send('break');
      expect(await next()).toEqual(TROUBLE);
      send('x');
      expect(await next()).toBe('well');
      expect(log.join('\n')).toContain(expected);
    });
  }

  it('[L4] that exits time and again fails each of the events that wait, and loses none', async () => {
    const { connect } = await run(appOf({ code: `export const handler = async () => process.exit(3);` }));
    const { send, next } = await connect();
    for (let count = 0; count < 6; count++) send('x');
    for (let count = 0; count < 6; count++) expect(await next()).toEqual(TROUBLE);
  });

  it('[L4] that does not load fails its events and says why', async () => {
    const { connect, logged } = await run(appOf({ code: `import 'no-such-package';` }));
    expect(await logged('f init ')).toContain('no-such-package');
    const { send, next } = await connect();
    send('x');
    expect(await next()).toEqual(TROUBLE);
  });

  const callbacks: readonly [says: string, code: string][] = [
    [
      'a callback',
      `exports.handler = (event, context, callback) => { callback(null, { body: 'called' }); };`,
    ],
    [
      'a callback beside an async function',
      `exports.handler = async (event, context, callback) => { callback(null, { body: 'called' }); };`,
    ],
    [
      'a callback later on',
      `exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { body: 'called' }), 50); };`,
    ],
    [
      'a callback with other work under way, which is waited for',
      `let done = 0; exports.handler = (event, context, callback) => {
       const result = { get body() { return done ? 'called' : 'too early'; } };
       setTimeout(() => { done = 1; }, 100); callback(null, result); };`,
    ],
    ...['done(null, ', 'succeed('].map((call): [string, string] => [
      `context.${call.replace(/\(.*/, '')}, which does not wait`,
      `let done = 0; exports.handler = (event, context) => {
       const result = { get body() { return done ? 'too late' : 'called'; } };
       setTimeout(() => { done = 1; }, 100); context.${call}result); };`,
    ]),
    [
      'a callback that does not wait',
      `let done = 0; exports.handler = (event, context, callback) => {
       context.callbackWaitsForEmptyEventLoop = false;
       const result = { get body() { return done ? 'too late' : 'called'; } };
       setTimeout(() => { done = 1; }, 100); callback(null, result); };`,
    ],
  ];
  for (const [says, code] of callbacks) {
    it(`[L5] answers through ${says}`, async () => {
      const { connect } = await run(appOf({ code, commonJs: true, runtime: 'nodejs22.x' }));
      const { send, next } = await connect();
      send('x');
      expect(await next()).toBe('called');
    });
  }

  it('[L27] with a third parameter is not loaded on Node.js 24, though it returns a promise', async () => {
    const { connect, logged } = await run(
      appOf({ code: `export const handler = async (event, context, callback) => ({ body: 'called' });` }),
    );
    expect(await logged('f init ')).toMatch(
      /^Runtime\.CallbackHandlerDeprecated: ERROR: index\.handler has a third parameter/,
    );
    const { send, next } = await connect();
    send('x');
    expect(await next()).toEqual(TROUBLE);
  });

  it('[L27] gets no callback on Node.js 24', async () => {
    const { connect } = await run(
      appOf({ code: `export const handler = async (...given) => ({ body: String(given.length) });` }),
    );
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('2');
  });

  it('[L6] sees the variables of the template and of Lambda, and none of this machine', async () => {
    const { connect } = await run(
      appOf({
        code: `export const handler = async () => ({ body: JSON.stringify(process.env) });`,
        environment: { GREETING: { 'Fn::Sub': '${AWS::Region}-hello' }, COUNT: 3, TZ: 'Asia/Tokyo' },
      }),
    );
    const { send, next } = await connect();
    send('x');
    const environment = JSON.parse(await next()) as Record<string, string>;
    expect(environment).toEqual(
      jasmine.objectContaining({
        GREETING: 'us-east-1-hello',
        COUNT: '3',
        AWS_LAMBDA_FUNCTION_NAME: 'f',
        _HANDLER: 'index.handler',
        LAMBDA_RUNTIME_DIR: '/var/runtime',
      }),
    );
    expect(environment['TZ']).toBe('Asia/Tokyo');
    expect(environment['PATH']).toBe('/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin');
    expect(environment['HOME']).toBeUndefined();
    expect(environment['NODE_COMPILE_CACHE']).toBeUndefined();
  });

  it('[L31] sees the variables that are given, over those of the template', async () => {
    const app = appOf({
      code: `export const handler = async () => ({ body: [process.env.POOL, process.env.ADDED, process.env.KEPT].join() });`,
      environment: { POOL: 'of the template', KEPT: 'kept' },
    });
    const { connect } = await run(app, {}, { variables: { POOL: 'given', ADDED: 'too' } });
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('given,too,kept');
  });

  it('[L31] [F5] may be given a variable that only an account could tell, and is refused without', async () => {
    const app = appOf({
      code: `export const handler = async () => ({ body: process.env.KEY + process.env.NONE });`,
      environment: { KEY: '{{resolve:secretsmanager:shop:SecretString:key}}', NONE: { Ref: 'AWS::NoValue' } },
    });
    await expectAsync(run(app)).toBeRejectedWithError(
      'Functionf.Environment.Variables.KEY: {{resolve:secretsmanager:shop:SecretString:key}} is read from Secrets Manager, ' +
        'which needs an account; --env NAME=value would stand over it',
    );
    const { connect, runner } = await run(app, {}, { variables: { KEY: 'given' } });
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('givenundefined');
    expect(runner.notEmulated).toEqual([]);
  });

  it('[L31] is refused with a variable that Lambda reserves', async () => {
    await expectAsync(run(appOf({ code: '' }), {}, { variables: { AWS_REGION: 'x' } })).toBeRejectedWithError(
      /^Functionf: Lambda reserves the environment variable AWS_REGION$/,
    );
  });

  it('[L9] runs on the Node.js of the runner, whatever its runtime', async () => {
    const { connect } = await run(
      appOf({
        code: `export const handler = async () => ({ body: process.version });`,
        runtime: 'nodejs20.x',
      }),
    );
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe(process.version);
  });

  it('[L23] has its folder as working directory', async () => {
    const { connect, directory } = await run(
      appOf({
        code: `import { resolve } from 'node:path';
          export const handler = async () => ({ body: process.cwd() + ' ' + resolve('page.html') });`,
      }),
    );
    const { send, next } = await connect();
    send('x');
    const folder = `${directory}/asset.f`;
    expect(await next()).toBe(`${folder} ${folder}/page.html`);
  });

  it('[L23] reads files by paths that begin at its folder', async () => {
    const { connect, directory } = await run(
      appOf({
        code: `import fs, { createReadStream, existsSync } from 'node:fs';
          import { copyFile, readFile } from 'node:fs/promises';
          import { createRequire } from 'node:module';
          import { text } from 'node:stream/consumers';
          import { promisify } from 'node:util';
          const { readFileSync } = createRequire(import.meta.url)('fs');
          const module = readFileSync('index.mjs', 'utf8');
          export const handler = async () => {
            await copyFile('package.json', './copy');
            return { body: JSON.stringify([
              module.length,
              await readFile('./package.json', 'utf8'),
              await text(createReadStream('copy')),
              existsSync('../asset.f/index.mjs'),
              existsSync('infra'),
              existsSync('/var/task/index.mjs'),
              await promisify(fs.exists)('index.mjs'),
              fs.realpathSync.native('copy').endsWith('/asset.f/copy'),
              fs.readFileSync(new URL('copy', import.meta.url), 'utf8'),
            ]) };
          };`,
      }),
    );
    const { send, next } = await connect();
    send('x');
    const length = (await readFile(`${directory}/asset.f/index.mjs`, 'utf8')).length;
    expect(JSON.parse(await next())).toEqual([length, '{}', '{}', true, false, true, true, true, '{}']);
  });

  it('[L25] has a trace of its own for each event', async () => {
    const { connect } = await run(
      appOf({ code: `export const handler = async () => ({ body: process.env._X_AMZN_TRACE_ID });` }),
    );
    const { send, next } = await connect();
    const traces = new Set<string>();
    for (const text of ['one', 'two']) {
      send(text);
      const trace = await next();
      expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
      traces.add(trace);
    }
    expect(traces.size).toBe(2);
  });

  it('[L6] is refused by name when Node.js does not take its NODE_OPTIONS', async () => {
    const appWith = (options: string) =>
      appOf({ code: 'export const handler = async () => ({});', environment: { NODE_OPTIONS: options } });
    await expectAsync(run(appWith('--enable-source-maps --no-such=1'))).toBeRejectedWithError(
      `Functionf: Node.js ${process.version} takes no --no-such in NODE_OPTIONS`,
    );
    await expectAsync(run(appWith('--enable-source-maps --max-old-space-size=200'))).toBeResolved();
  });

  const CONTEXT = `export const handler = async (event, context) =>
    ({ body: JSON.stringify({ ...context, left: context.getRemainingTimeInMillis(), names: Object.keys(context) }) });`;
  const CONTEXT_NAMES = [
    'functionName',
    'functionVersion',
    'invokedFunctionArn',
    'memoryLimitInMB',
    'awsRequestId',
    'logGroupName',
    'logStreamName',
    'identity',
    'clientContext',
    'getRemainingTimeInMillis',
  ];
  const BEFORE_24 = ['callbackWaitsForEmptyEventLoop', 'done', 'succeed', 'fail'];
  for (const [runtime, names] of [
    ['nodejs24.x', CONTEXT_NAMES],
    ['nodejs22.x', [...CONTEXT_NAMES, ...BEFORE_24]],
  ] as const) {
    it(`[L13] has the context of ${runtime}`, async () => {
      const { connect } = await run(appOf({ code: CONTEXT, runtime }));
      const { send, next } = await connect();
      send('x');
      const { left, awsRequestId, names: found, ...context } = JSON.parse(await next()) as Context;
      expect(found).toEqual([...names]);
      expect(awsRequestId).toMatch(/^[0-9a-f-]{36}$/); // PARITY I5
      expect(left).toBeGreaterThan(3000);
      expect(left).toBeLessThanOrEqual(5000);
      expect(context).toEqual({
        functionName: 'f',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
        memoryLimitInMB: '128',
        logGroupName: '/aws/lambda/f',
        logStreamName: 'local',
        ...(runtime === 'nodejs22.x' && { callbackWaitsForEmptyEventLoop: true }),
      });
    });
  }

  it('[L14] prints every line with its name and the request that it is of', async () => {
    const { connect, log, logged } = await run(
      appOf({
        code: `console.log('loading');
          export const handler = async (event, { awsRequestId: id }) => {
            console.log('one %s\\ntwo %s', id, id);
            console.error({ level: 'object', id });
            process.stdout.write('no end of line ' + id);
            return { body: id };
          };`,
      }),
    );
    const { send, next } = await connect();
    // Without a pause: the lines of one event arrive while the next is handled.
    for (let count = 0; count < 20; count++) send(String(count));
    for (let count = 0; count < 20; count++) {
      const id = await next();
      for (const line of [
        `one ${id}`,
        `two ${id}`,
        `{ level: 'object', id: '${id}' }`,
        `no end of line ${id}`,
      ]) {
        expect(await logged(`f ${id} ${line}`)).toBe('');
      }
    }
    expect(log).toContain('f init loading');
    for (const line of log.filter((one) => one !== 'f init loading')) {
      expect(line).toMatch(/^f (\S{36}) ((one|two|no end of line) \1|{ level: 'object', id: '\1' })$/);
    }
  });

  it('[L16] that is bundled with a source map fails with the lines of its sources', async () => {
    const source = [
      `type Broken = { at: string };`,
      ``,
      `export const handler = (): Broken => {`,
      `  throw new Error('broken');`,
      `};`,
    ];
    const built = await build({
      stdin: { contents: source.join('\n'), sourcefile: 'functions/broken.ts', loader: 'ts' },
      bundle: true,
      minify: true,
      sourcemap: 'inline',
      format: 'esm',
      write: false,
    });
    const { connect, logged } = await run(appOf({ code: built.outputFiles[0]?.text ?? '' }));
    const { send, next } = await connect();
    send('x');
    expect(await next()).toEqual(TROUBLE);
    expect(await logged('Error: broken')).toMatch(/functions\/broken\.ts:4:9/);
  });
});
