import { DOCUMENT, inject, InjectionToken } from '@angular/core';
import { asyncScheduler, type SchedulerLike } from 'rxjs';
import type { WebSocketConstructor } from './socket.ts';

/** The class that opens sockets. */
export const WEB_SOCKET = new InjectionToken<WebSocketConstructor>('WEB_SOCKET', {
  factory: () => WebSocket,
});

/** What time passes by. */
export const SCHEDULER = new InjectionToken<SchedulerLike>('SCHEDULER', { factory: () => asyncScheduler });

/** Chance, from 0 up to 1. */
export const RANDOM = new InjectionToken<() => number>('RANDOM', { factory: () => Math.random });

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
