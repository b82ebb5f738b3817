import { join } from 'node:path';
import { runAssembly, stopAll } from '../../testing/running.ts';

const TEMPLATE = join(import.meta.dirname, 'template.yaml');

describe('The sample sam-mapping', () => {
  afterEach(stopAll);

  it('answers from templates, a table and a function', async () => {
    const { connect, runner, log } = await runAssembly({ assembly: TEMPLATE });
    expect([runner.ignored, runner.notEmulated]).toEqual([[], []]);
    const ada = await connect();
    const nobody = await connect();
    const ask = async (message: object): Promise<unknown> => {
      ada.send(message);
      return JSON.parse(await ada.next()) as unknown;
    };

    expect(await ask({ action: 'ping' })).toEqual({ type: 'pong', at: jasmine.any(Number) });
    expect(await ask({ action: 'name', name: 5 })).toEqual({ named: false });
    expect(await ask({ action: 'name', name: 'ada' })).toEqual({ named: true });
    expect(await ask({ action: 'people' })).toEqual({
      you: jasmine.stringMatching(/^[\w-]{15}=$/),
      people: jasmine.arrayWithExactContents(['ada', 'nobody']),
    });
    expect(await ask({ action: 'words', text: 'one three "two"' })).toEqual({ words: 3, longest: 'three' });
    expect(await ask({ action: 'words', text: '' })).toEqual({ error: 'No text to count.' });

    nobody.socket.close();
    await nobody.closed;
    let left: unknown;
    do left = await ask({ action: 'people' });
    while (JSON.stringify(left).includes('nobody'));
    expect(left).toEqual(jasmine.objectContaining({ people: ['ada'] }));
    expect(log.filter((line) => !line.includes('No text to count.'))).toEqual([]);
  });
});
