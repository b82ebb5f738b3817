import { DestroyRef, DOCUMENT, inject, InjectionToken, type Signal, signal } from '@angular/core';
import type { SchedulerLike } from 'rxjs';
import type { Malformed, Place } from '#protocol';
import { placeIn, withoutCredentials } from './address.ts';
import type { Locks } from './claims.ts';
import type { WebSocketConstructor } from './socket.ts';
import { SteadyScheduler } from './steady-scheduler.ts';
import { SteadyTimers } from './steady-timers.ts';
import type { TextStorage } from './tab-memory.ts';
import { timerWorker } from './timer-worker.ts';

/** The class that opens sockets. */
export const WEB_SOCKET = new InjectionToken<WebSocketConstructor>('WEB_SOCKET', {
  factory: () => WebSocket,
});

/** What time passes by, in a hidden page too. */
export const SCHEDULER = new InjectionToken<SchedulerLike>('SCHEDULER', {
  factory: () => new SteadyScheduler(new SteadyTimers(timerWorker())),
});

/** Chance, from 0 up to 1. */
export const RANDOM = new InjectionToken<() => number>('RANDOM', { factory: () => Math.random });

/** Where a tab keeps what its next page goes on with; none where the browser forbids it. */
export const STORAGE = new InjectionToken<TextStorage | undefined>('STORAGE', {
  factory: () => {
    try {
      return sessionStorage;
    } catch {
      // SecurityError: whoever refuses cookies refuses storage. It cannot be asked first.
      return undefined;
    }
  },
});

/** What tells a duplicated tab from the first. */
export const LOCKS = new InjectionToken<Locks | undefined>('LOCKS', {
  factory: () => ('locks' in navigator ? navigator.locks : undefined),
});

/** What fetches `config.json`. */
export const FETCH = new InjectionToken<typeof fetch>('FETCH', {
  factory: () => (input, init) => fetch(input, init),
});

/** Where `config.json` is, relative to the page's base. */
export const CONFIG_URL = new InjectionToken<string>('CONFIG_URL', { factory: () => 'config.json' });

/** The query string of the page's address, which names the room. */
export const SEARCH = new InjectionToken<string>('SEARCH', {
  factory: () => inject(DOCUMENT).location.search,
});

/** The room and the label of a connection: those that the page's address names, unless a seat has its own. */
export const PLACE = new InjectionToken<Place | Malformed>('PLACE', {
  factory: () => placeIn(inject(SEARCH)),
});

/**
 * The fragment of the page's address, which names the session to talk to and may let us in; somebody may type another. What
 * lets us in is out of the address before anybody can see or copy it there.
 */
export const FRAGMENT = new InjectionToken<Signal<string>>('FRAGMENT', {
  factory: () => {
    const { defaultView: view } = inject(DOCUMENT);
    const fragment = signal('');
    const read = () => {
      if (!view) return;
      const { history, location } = view;
      fragment.set(location.hash);
      const shown = withoutCredentials(location.hash);
      if (shown === location.hash) return;
      history.replaceState(history.state, '', location.pathname + location.search + shown);
    };
    read();
    view?.addEventListener('hashchange', read);
    inject(DestroyRef).onDestroy(() => view?.removeEventListener('hashchange', read));
    return fragment.asReadonly();
  },
});
