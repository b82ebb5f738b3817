import { InjectionToken } from '@angular/core';
import { RoomKeys } from './room-keys.ts';

/** What makes keys and signs; missing where the page came over plain http from another machine. */
export const SUBTLE = new InjectionToken<SubtleCrypto | undefined>('SUBTLE', {
  factory: () => (isSecureContext ? crypto.subtle : undefined),
});

/** Where the keys of rooms are kept. */
export const ROOM_KEYS = new InjectionToken<RoomKeys>('ROOM_KEYS', {
  factory: () => new RoomKeys(indexedDB),
});
