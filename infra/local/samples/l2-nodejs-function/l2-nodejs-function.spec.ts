import { runAssembly, stopAll } from '../../testing/running.ts';
import { synthesized } from '../synthesized.ts';

describe('The sample l2-nodejs-function', () => {
  let sample: Awaited<ReturnType<typeof synthesized>>;
  beforeAll(async () => (sample = await synthesized('l2-nodejs-function')));
  afterEach(stopAll);
  afterAll(() => sample.remove());

  it('counts who is there, and sends to all of them what one says', async () => {
    const { connect, runner, log } = await runAssembly({ assembly: sample.assembly });
    expect([runner.ignored, runner.notEmulated]).toEqual([[], []]);
    const clients = [await connect(), await connect(), await connect()] as const;
    const [first, second, third] = clients;

    second.send({ action: 'count' });
    expect(await second.next()).toBe('{"connections":3}');
    first.send({ action: 'say', text: 'hello' });
    const heard = await Promise.all(clients.map(async ({ next }) => JSON.parse(await next()) as unknown));
    expect(heard).toEqual(
      clients.map(() => ({ from: jasmine.stringMatching(/^[\w-]{15}=$/), text: 'hello' })),
    );

    third.socket.close();
    await third.closed;
    for (let answer = ''; answer !== '{"connections":2}'; answer = await first.next()) {
      first.send({ action: 'count' });
    }
    second.send({ action: 'say', text: 'two of us' });
    for (const { next } of [first, second]) {
      expect(JSON.parse(await next())).toEqual(jasmine.objectContaining({ text: 'two of us' }));
    }
    expect(log).toEqual([]);
  });
});
