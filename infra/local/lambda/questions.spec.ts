import { MessageChannel } from 'node:worker_threads';
import { Questions } from './questions.ts';

interface Answered {
  readonly id: number;
  readonly text: string;
}

describe('A question to another thread', () => {
  /** What asks, and the other end. */
  const setUp = () => {
    const { port1, port2 } = new MessageChannel();
    return { questions: new Questions<Answered>(port1), other: port2 };
  };

  it('is answered by its number, in whatever order answers come', async () => {
    const { questions, other } = setUp();
    const asked: number[] = [];
    const [first, second] = [1, 2].map(() => questions.ask((id) => asked.push(id)));
    for (const id of asked.toReversed()) other.postMessage({ id, text: `answer to ${id}` });
    expect(await Promise.all([first, second])).toEqual(asked.map((id) => ({ id, text: `answer to ${id}` })));
    other.close();
  });

  it('fails as by a socket that is reset, when the thread that should answer has ended', async () => {
    const { questions, other } = setUp();
    const asked = questions.ask(() => undefined);
    expect(questions.isOpen).toBeTrue();
    other.close();
    await expectAsync(asked).toBeRejectedWith(jasmine.objectContaining({ code: 'ECONNRESET' }));
    expect(questions.isOpen).toBeFalse();
  });

  it('overlooks an answer that nobody waits for', async () => {
    const { questions, other } = setUp();
    other.postMessage({ id: 99, text: 'to nothing' });
    const asked = questions.ask((id) => other.postMessage({ id, text: 'to this' }));
    expect((await asked).text).toBe('to this');
    other.close();
  });
});
