import { debounceTime, filter, merge, Observable, startWith, Subject, Subscription, take, timer } from 'rxjs';
import type { Resume } from '#protocol';
import { type Ending, isUnlisted, link, type LinkOptions } from './link.ts';
import type { Arrival, Wire } from './socket.ts';

/** A connection that was replaced is read until nothing came for this long. */
export const QUIET_MS = 5000;
/** And no longer than this. */
export const DRAIN_MS = 30_000;
/** The next connection is opened after between 80% and 90% of what one may last: clients come apart, and can try again. */
const EARLIEST = 0.8;
const SPREAD = 0.1;
/** After a next connection that failed, how much of that time passes before another is tried. */
const RETRY = 0.02;

export type SuccessionEvent =
  /** A socket is open: what it tells begins anew. */
  | { readonly type: 'opened' }
  /** A welcome is about to be told, and from now on this is the way out. */
  | { readonly type: 'live'; readonly wire: Wire }
  | { readonly type: 'frame'; readonly frame: Arrival }
  | { readonly type: 'pinged'; readonly id: string }
  | { readonly type: 'ended'; readonly why: Ending };

export interface SuccessionOptions extends Omit<LinkOptions, 'resume'> {
  /** The session to go on with, at the moment of asking. */
  readonly resume: () => Resume | undefined;
  /** How long a connection may last, in milliseconds: API Gateway closes it then. */
  readonly maxDurationMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** What a replaced connection may still tell: what was posted to it before everyone knew of the next one [P16]. */
const isNews = (frame: Arrival): boolean =>
  ['message', 'receipt', 'joined', 'left'].includes(frame.type) ||
  (frame.type === 'refused' && !isUnlisted(frame));

/**
 * One connection after another, without a gap: before one is closed for its age the next is opened and resumes, and the
 * old one is read until it is quiet. It ends when the connection in use does, with `ended`.
 */
export function succession(options: SuccessionOptions): Observable<SuccessionEvent> {
  const { scheduler, maxDurationMs, random } = options;
  return new Observable<SuccessionEvent>((out) => {
    const all = new Subscription();
    let current: Subscription | undefined;
    let isLast = false;

    const later = (ms: number, run: Subscription, work: () => void): void => {
      run.add(timer(ms, scheduler).subscribe(work));
    };

    const drain = (run: Subscription, news: Observable<unknown>): void => {
      const quiet = news.pipe(startWith(undefined), debounceTime(QUIET_MS, scheduler));
      run.add(
        merge(quiet, timer(DRAIN_MS, scheduler))
          .pipe(take(1))
          .subscribe(() => run.unsubscribe()),
      );
    };

    /** Opens a connection, which takes over from `former` once it is welcome. */
    const open = (former?: { readonly run: Subscription; readonly news: Observable<unknown> }): void => {
      const run = new Subscription();
      const news = new Subject<void>();
      let wire: Wire | undefined;
      let isLive = false;
      all.add(run);

      const takeOver = (way: Wire): void => {
        isLive = true;
        current = run;
        out.next({ type: 'live', wire: way });
        if (former) drain(former.run, former.news);
      };
      const succeedLater = (ms: number): void =>
        later(ms, run, () => {
          if (current === run) open({ run, news });
        });

      const ended = (why: Ending): void => {
        if (former && !isLive) {
          // The one in use goes on; there is time to try again.
          run.unsubscribe();
          later(maxDurationMs * RETRY, former.run, () => open(former));
        } else if (current === run || !isLive) {
          isLast = true;
          out.next({ type: 'ended', why });
          out.complete();
        }
      };

      const resume = options.resume();
      // One that was replaced is listed no more, so that it has nobody to ask.
      const doubts = options.doubts.pipe(filter(() => current === run));
      run.add(
        link({ ...options, resume, doubts }).subscribe((event) => {
          if (isLast) return;
          switch (event.type) {
            case 'opened':
              wire = event.wire;
              out.next({ type: 'opened' });
              succeedLater(maxDurationMs * (EARLIEST + SPREAD * random()));
              break;
            case 'frame':
              news.next();
              if (!isLive && event.frame.type === 'welcome' && wire) takeOver(wire);
              if (current === run || (!former && !isLive) || isNews(event.frame)) out.next(event);
              break;
            case 'pinged':
              if (current === run) out.next(event);
              break;
            case 'ended':
              ended(event.why);
          }
        }),
      );
    };

    open();
    return all;
  });
}
