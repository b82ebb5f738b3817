import { run, stopAll } from '../testing/running.ts';
import type { TestFunction } from '../testing/assembly.ts';

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
      'answers with a circle',
      `export const handler = async () => { const a = {}; a.a = a; return a; };`,
      'circular',
    ],
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
    it(`[L3] [L4] that ${says} fails that event, says why in the log, and handles the next`, async () => {
      const { connect, log } = await run(
        appOf({
          code: `${code.replace('handler', 'broken')}
            export const handler = async (event) => event.body === 'break' ? broken() : { body: 'well' };`,
          timeout: 1,
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

  it('[L5] gets no callback on Node.js 24', async () => {
    const { connect } = await run(
      appOf({
        code: `export const handler = async (event, context, callback) => ({ body: typeof callback });`,
      }),
    );
    const { send, next } = await connect();
    send('x');
    expect(await next()).toBe('undefined');
  });

  it('[L6] sees the variables of the template and of Lambda, and none of this machine', async () => {
    const { connect } = await run(
      appOf({
        code: `export const handler = async () => ({ body: JSON.stringify(process.env) });`,
        environment: { GREETING: { 'Fn::Sub': '${AWS::Region}-hello' }, COUNT: 3 },
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
      }),
    );
    expect(environment['HOME']).toBeUndefined();
    expect(environment['NODE_COMPILE_CACHE']).toBeUndefined();
  });

  it('has a context with its name, its request id and the time left', async () => {
    const { connect } = await run(
      appOf({
        code: `export const handler = async (event, context) =>
          ({ body: JSON.stringify({ ...context, left: context.getRemainingTimeInMillis() }) });`,
      }),
    );
    const { send, next } = await connect();
    send('x');
    const context = JSON.parse(await next()) as Record<string, unknown>;
    expect(context['functionName']).toBe('f');
    expect(context['memoryLimitInMB']).toBe('128');
    expect(context['invokedFunctionArn']).toBe('arn:aws:lambda:us-east-1:123456789012:function:f');
    expect(context['awsRequestId']).toMatch(/^[0-9a-f-]{36}$/); // PARITY I5
    expect(context['left']).toBeGreaterThan(4000);
  });

  it('prints lines that carry its name and the request', async () => {
    const { connect, logged } = await run(
      appOf({ code: `export const handler = async () => { console.log('hello'); return {}; };` }),
    );
    const { send } = await connect();
    send('x');
    expect(await logged('f ')).toMatch(/^[0-9a-f-]{36} hello$/);
  });
});
