import { runAssembly, stopAll } from '../../testing/running.ts';
import { synthesized } from '../synthesized.ts';

describe('The sample cfn-api', () => {
  let sample: Awaited<ReturnType<typeof synthesized>>;
  beforeAll(async () => (sample = await synthesized('cfn-api')));
  afterEach(stopAll);
  afterAll(() => sample.remove());

  it('lets people in by name, carries whispers, answers what it does not know, and tells who has left', async () => {
    const { connect, runner, log } = await runAssembly({ assembly: sample.assembly });
    expect(runner.endpoints.map(({ api, stage }) => [api, stage])).toEqual([['cfn-api-sample', 'prod']]);
    expect([runner.ignored, runner.notEmulated]).toEqual([[], []]);
    await expectAsync(connect()).toBeRejectedWithError('Unexpected server response: 400');
    const ada = await connect('?name=ada');
    const bob = await connect('?name=bob');

    ada.send({ action: 'whisper', to: 'bob', text: 'hello' });
    expect(JSON.parse(await bob.next())).toEqual({ from: 'ada', text: 'hello' });
    bob.send({ action: 'whisper', to: 'ada', text: 'hello yourself' });
    expect(JSON.parse(await ada.next())).toEqual({ from: 'bob', text: 'hello yourself' });
    ada.send({ action: 'shout' });
    expect(JSON.parse(await ada.next())).toEqual({ error: 'There is only whisper.' });

    bob.socket.close();
    expect(JSON.parse(await ada.next())).toEqual({ left: 'bob' });
    expect(log).toEqual(['gateway refused a handshake with 400 {"message":"Bad Request"}']);
  });
});
