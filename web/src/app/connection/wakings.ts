import { filter, interval, map, type Observable, pairwise, type SchedulerLike, startWith } from 'rxjs';

/** How often it is looked whether time was missed. */
export const PULSE_MS = 30_000;

/** Emits when the machine has slept: timers stand still meanwhile, and its sockets may be dead. */
export const wakings = (scheduler: SchedulerLike): Observable<unknown> =>
  interval(PULSE_MS, scheduler).pipe(
    map(() => scheduler.now()),
    startWith(scheduler.now()),
    pairwise(),
    filter(([before, now]) => now - before > PULSE_MS * 2),
  );
