import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { Turns } from './turns.ts';

describe('Turns', () => {
  it('gives what was claimed to the worker alone', () => {
    const turns = new Turns();
    const turn = turns.next();
    turns.offer(turn);
    expect([turns.isOpen, turns.claim(turn), turns.takeBack(turn), turns.isOpen]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('gives what was taken back to nobody, and what is offered next to the worker', () => {
    const turns = new Turns();
    const [first, second] = [turns.next(), turns.next()];
    turns.offer(first);
    expect(turns.takeBack(first)).toBeTrue();
    turns.offer(second);
    expect([turns.claim(first), turns.claim(second)]).toEqual([false, true]);
  });

  it('wakes a worker that waits, and never gives an event to both sides or to none, however close they are', async () => {
    const turns = new Turns();
    const rounds = 2001;
    // The first stands for the inbox: which event was sent last. The others: what the worker could claim.
    const claims = new Int32Array(new SharedArrayBuffer(4 * (rounds + 1)));
    const worker = new Worker(
      `const { workerData: { module, shared, claims, rounds } } = require('node:worker_threads');
       import(module).then(({ Turns }) => {
         const turns = new Turns(shared);
         for (let read = 0; read < rounds;) {
           turns.wait();
           if (read < Atomics.load(claims, 0)) claims[++read] = turns.claim(read) ? 1 : 0;
         }
       });`,
      {
        eval: true,
        workerData: {
          module: new URL('./turns.ts', import.meta.url).href,
          shared: turns.shared,
          claims,
          rounds,
        },
      },
    );
    const ended = once(worker, 'exit');
    const expected = [rounds];
    for (let count = 0; count < rounds; count++) {
      while (!turns.isOpen);
      const turn = turns.next();
      Atomics.store(claims, 0, turn);
      turns.offer(turn);
      const until = performance.now() + (count % 20) / 100;
      while (performance.now() < until);
      // Every other one is the worker's; the rest are raced for.
      expected.push(count % 2 === 1 && turns.takeBack(turn) ? 0 : 1);
    }
    await ended;
    expect([...claims]).toEqual(expected);
  });
});
