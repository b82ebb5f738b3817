import type { Page } from '@playwright/test';

/** How often a second the screen must be drawn: of the 60 times, a few are lost when nothing goes on. */
export const LEAST_FRAMES = 58;
/** How long a task may take, in milliseconds: browsers report those that take longer. */
export const LONGEST_TASK_MS = 50;
const TRIES = 3;

/** What a page's main thread did while it was watched. */
export interface Watched {
  readonly seconds: number;
  /** How often the screen could be drawn. */
  readonly framesPerSecond: number;
  /** Between two times that it could, in milliseconds: the 99th percentile. */
  readonly slowFrameMs: number;
  /** The longest task; 0 when none took more than the 50 ms from which a browser reports it. */
  readonly longestTaskMs: number;
  readonly longTasks: number;
}

/** The same, and how much of one processor the main thread took, in percent: other programs do not change that. */
export interface WatchedWork extends Watched {
  readonly busyPercent: number;
}

declare global {
  interface Window {
    /** Begins to watch; ends it by calling what it returns. */
    watchMainThread: () => () => Watched;
  }
}

/** Lets a page that is not loaded yet be watched. */
export const prepare = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    window.watchMainThread = () => {
      const tasks: number[] = [];
      const frames: number[] = [];
      const note = (list: PerformanceEntryList) => tasks.push(...list.map(({ duration }) => duration));
      const observer = new PerformanceObserver((list) => note(list.getEntries()));
      observer.observe({ type: 'longtask' });
      let isWatching = true;
      const begun = performance.now();
      const frame = (at: number) => {
        frames.push(at);
        if (isWatching) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      return () => {
        isWatching = false;
        note(observer.takeRecords());
        observer.disconnect();
        const seconds = (performance.now() - begun) / 1000;
        const between = frames.slice(1).map((at, n) => at - (frames[n] ?? at));
        const sorted = between.toSorted((a, b) => a - b);
        return {
          seconds,
          framesPerSecond: between.length / (((frames.at(-1) ?? 0) - (frames[0] ?? 0)) / 1000),
          slowFrameMs: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
          longestTaskMs: Math.max(0, ...tasks),
          longTasks: tasks.length,
        };
      };
    };
  });

/** Watches a page while something is done to it. */
export async function watch(page: Page, work: () => Promise<unknown>): Promise<WatchedWork> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before = await busy();
  const end = await page.evaluateHandle(() => window.watchMainThread());
  await work();
  const watched = await end.evaluate((stop) => stop());
  const busyPercent = (((await busy()) - before) / watched.seconds) * 100;
  await session.detach();
  return { ...watched, busyPercent };
}

/** Whether nothing held the page up. */
const isSmooth = ({ framesPerSecond, longestTaskMs }: Watched): boolean =>
  framesPerSecond >= LEAST_FRAMES && longestTaskMs <= LONGEST_TASK_MS;

/** Watches again, a few times at most, when something held the page up: perhaps other programs of this machine. */
export async function watchBest(page: Page, work: () => Promise<unknown>): Promise<WatchedWork> {
  let best = await watch(page, work);
  for (let time = 1; time < TRIES && !isSmooth(best); time++) {
    const next = await watch(page, work);
    if (isSmooth(next) || next.framesPerSecond > best.framesPerSecond) best = next;
  }
  return best;
}

/** How much the scripts of a page hold after what is garbage was collected, in MB. */
export async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}
