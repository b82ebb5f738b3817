import { InjectionToken, type Provider, type Type } from '@angular/core';
import type { Malformed, Place } from '#protocol';
import { Connection } from '../connection/connection.ts';
import type { TextStorage } from '../connection/tab-memory.ts';
import { PLACE, STORAGE } from '../connection/tokens.ts';
import { Announcements } from '../conversation/announcements.ts';
import { Drafts } from '../conversation/drafts.ts';

/** The key of the first seat, which is the page's own: its address, its storage. */
export const FIRST_SEAT = '1';

/** The key of the seat that a component or a service belongs to. */
export const SEAT = new InjectionToken<string>('SEAT', { factory: () => FIRST_SEAT });

/** What every seat has of its own. */
export const SEAT_SERVICES: readonly Type<unknown>[] = [Connection, Drafts, Announcements];

/** What a further seat has instead of what the page gives to the first. */
export const furtherSeat = (place: Place | Malformed, storage: TextStorage | undefined): Provider[] => [
  { provide: PLACE, useValue: place },
  { provide: STORAGE, useValue: storage },
];
