import { run, stopAll } from '../testing/running.ts';

const TOLD = {
  code: `console.log('loaded'); export const handler = async () => ({ statusCode: 200, body: 'done' });`,
};

describe('at the start', () => {
  afterEach(stopAll);

  const loaded = (log: readonly string[], name: string) =>
    log.filter((line) => line.startsWith(name) && line.endsWith('loaded')).length;

  it('the function of $default does not load where routes have others, until a frame goes astray', async () => {
    const { connect, log } = await run({
      functions: { own: TOLD, astray: TOLD },
      routes: { own: 'own', $default: 'astray' },
      twoWay: ['own', '$default'],
    });
    const client = await connect();
    client.send('{"action":"own"}');
    expect(await client.next()).toBe('done');
    expect(loaded(log, 'own')).toBeGreaterThan(0);
    expect(loaded(log, 'astray')).toBe(0);
    client.send('nowhere');
    expect(await client.next()).toBe('done');
    expect(loaded(log, 'astray')).toBe(1);
  });

  it('it loads where it is the one that takes frames', async () => {
    const { connect, log } = await run({
      functions: { all: TOLD },
      routes: { $connect: 'all', $default: 'all' },
    });
    await connect();
    expect(loaded(log, 'all')).toBe(1);
  });
});
