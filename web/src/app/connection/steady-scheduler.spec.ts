import { interval, map, merge, take, timer, toArray } from 'rxjs';
import { SteadyScheduler } from './steady-scheduler.ts';
import { SteadyTimers, type TimerWorker } from './steady-timers.ts';
import { timerWorker } from './timer-worker.ts';

/** A worker in whose place the test says what time it is. */
class FakeWorker implements TimerWorker {
  onmessage: TimerWorker['onmessage'] = null;
  onerror: TimerWorker['onerror'] = null;
  readonly asked: { readonly id: number; readonly ms: number }[] = [];

  postMessage(message: { readonly id: number; readonly ms: number }): void {
    this.asked.push(message);
  }

  ring(id: number): void {
    this.onmessage?.(new MessageEvent('message', { data: id }));
  }
}
const told = <T>(observable: { subscribe: (next: (value: T) => void) => unknown }): Promise<T> =>
  new Promise((resolve) => observable.subscribe(resolve));

describe('SteadyScheduler', () => {
  it('carries the timers of RxJS, by the worker of the page', async () => {
    const scheduler = new SteadyScheduler(new SteadyTimers(timerWorker()));
    const ticks = interval(10, scheduler).pipe(
      take(3),
      map((n) => `tick ${n}`),
    );
    const late = timer(100, scheduler).pipe(map(() => 'late'));
    expect(await told(merge(late, ticks).pipe(toArray()))).toEqual(['tick 0', 'tick 1', 'tick 2', 'late']);
  });

  it('has a worker that answers when the time has come', async () => {
    const worker = timerWorker();
    const answer = new Promise((resolve, reject) => {
      if (!worker) throw new Error('There is no worker.');
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => reject(new Error('The worker could not be loaded.'));
      worker.postMessage({ id: 7, ms: 1 });
    });
    expect(await answer).toBe(7);
  });

  it('asks the worker for the time, and does nothing that was forgotten', () => {
    const worker = new FakeWorker();
    const scheduler = new SteadyScheduler(new SteadyTimers(worker));
    let done = 0;
    scheduler.schedule(() => done++, 500);
    const forgotten = scheduler.schedule(() => done++, 700);
    expect(worker.asked).toEqual([
      { id: 1, ms: 500 },
      { id: 2, ms: 700 },
    ]);
    forgotten.unsubscribe();
    worker.ring(2);
    expect(done).toBe(0);
    worker.ring(1);
    worker.ring(1);
    expect(done).toBe(1);
  });

  it('does without a worker that cannot be loaded, and forgets nothing of what was asked of it', async () => {
    const worker = new FakeWorker();
    const scheduler = new SteadyScheduler(new SteadyTimers(worker));
    const waiting = told(timer(20, scheduler));
    worker.onerror?.(new ErrorEvent('error'));
    expect(await waiting).toBe(0);
    expect(await told(timer(1, scheduler))).toBe(0);
    expect(worker.asked.length).toBe(1);
  });

  it('does without one from the start, where there are none', async () => {
    expect(await told(timer(1, new SteadyScheduler(new SteadyTimers(undefined))))).toBe(0);
  });
});
