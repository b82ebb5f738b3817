import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunction } from './function.ts';
import { Pool } from './pool.ts';

/** A function whose module begins with `top`, in a pool where loading may take as long as its timeout. */
async function poolOf(top: string): Promise<{ pool: Pool; log: string[]; stop: () => Promise<void> }> {
  const code = await mkdtemp(join(tmpdir(), 'loading-'));
  await writeFile(
    join(code, 'index.mjs'),
    `${top} let count = 0; export const handler = async () => ++count;`,
  );
  const lambda: LambdaFunction = {
    logicalId: 'F',
    name: 'f',
    arn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
    version: '$LATEST',
    handler: 'index.handler',
    nodeVersion: 24,
    code,
    layers: [],
    timeoutMs: 1000,
    memoryMb: 128,
    environment: {},
    logging: { group: '/aws/lambda/f' },
  };
  const log: string[] = [];
  const pool = new Pool(lambda, { destinations: {}, log: (line) => log.push(line), loadLimitMs: 0 });
  const stop = async (): Promise<void> => {
    await pool.stop();
    await rm(code, { recursive: true });
  };
  return { pool, log, stop };
}

describe('a function that loads', () => {
  for (const [says, top] of [
    ['in a loop for ever', 'for (;;);'],
    ['and waits for ever', 'await new Promise((done) => setTimeout(done, 1e6));'],
  ] as const) {
    it(`[L28] ${says} fails the event that waits for it, says why, and is ended`, async () => {
      const { pool, log, stop } = await poolOf(top);
      const outcome = await pool.invoke('a', '{}');
      expect(outcome).toEqual({
        type: 'failure',
        error: jasmine.objectContaining({ errorType: 'Sandbox.Timedout' }),
      });
      expect(log.join('\n')).toContain('Loading timed out after 1.00 seconds');
      await stop();
    });
  }

  it('[L28] in time is not ended when that time is over', async () => {
    const { pool, stop } = await poolOf('');
    expect(await pool.invoke('a', '{}')).toEqual({ type: 'success', payload: '1' });
    await new Promise((passed) => setTimeout(passed, 1100));
    expect(await pool.invoke('b', '{}')).toEqual({ type: 'success', payload: '2' });
    await stop();
  });
});
