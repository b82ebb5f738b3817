import { run, stopAll } from '../testing/running.ts';

const CODE = `export const handler = async () => ({ body: new Date(0).toString().slice(16, 33) + process.env.TZ });`;
const appWith = (one: string | undefined, other: string | undefined) => ({
  functions: Object.fromEntries(
    [one, other].map((TZ, index) => [
      `f${index}`,
      { code: CODE, environment: TZ === undefined ? {} : { TZ } },
    ]),
  ),
  routes: { $default: 'f0', other: 'f1' },
  twoWay: ['$default', 'other'],
});

describe('the dates of functions', () => {
  const before = process.env['TZ'];
  beforeEach(() => {
    process.env['TZ'] = 'UTC'; // As the commands do.
  });
  afterEach(async () => {
    await stopAll();
    expect(process.env['TZ']).toBe('UTC');
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  const cases: readonly [one: string | undefined, other: string | undefined, time: string][] = [
    [undefined, ':UTC', '00:00:00 GMT+0000'],
    ['Asia/Tokyo', 'Asia/Tokyo', '09:00:00 GMT+0900'],
    [':Asia/Tokyo', 'Asia/Tokyo', '09:00:00 GMT+0900'],
  ];
  for (const [one, other, time] of cases) {
    it(`[L6] are in the zone of all of them, ${one ?? 'none'} and ${other ?? 'none'}`, async () => {
      const { connect, log } = await run(appWith(one, other));
      const { send, next } = await connect();
      send({ action: 'x' });
      expect(await next()).toBe(`${time}${one ?? ':UTC'}`);
      send({ action: 'other' });
      expect(await next()).toBe(`${time}${other ?? ':UTC'}`);
      expect(log.join('\n')).not.toContain('WARNING');
    });
  }

  it('[L6] are in UTC where zones differ, and the functions that have another are named', async () => {
    const { connect, log } = await run(appWith('Asia/Tokyo', undefined));
    const { send, next } = await connect();
    send({ action: 'x' });
    expect(await next()).toBe('00:00:00 GMT+0000Asia/Tokyo');
    expect(log.filter((line) => line.startsWith('WARNING'))).toEqual([
      'WARNING Functionf0: not all functions have its TZ, and all are one process here: its dates are in UTC',
    ]);
  });
});
