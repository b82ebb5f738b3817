import type { TimerWorker } from './steady-timers.ts';

/** The worker that keeps the time of the page; none where there are no workers. */
export function timerWorker(): TimerWorker | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return new Worker(new URL('./timers.worker', import.meta.url), { type: 'module' });
}
