import { InjectionToken } from '@angular/core';

/** How far the two clocks may come apart, in milliseconds, before the finer one is set anew. */
const DRIFT_MS = 100;

/** Milliseconds since the epoch, with a fraction. */
export const CLOCK = new InjectionToken<() => number>('CLOCK', {
  factory: () => {
    // Date has whole milliseconds only, and the fine clock may stand still while the machine sleeps.
    let origin = Date.now() - performance.now();
    return () => {
      const now = performance.now();
      if (Math.abs(Date.now() - origin - now) > DRIFT_MS) origin = Date.now() - now;
      return origin + now;
    };
  },
});
