import { TestBed } from '@angular/core/testing';
import type { RoomKey } from '../app/admission/room-key.ts';
import { ROOM_KEYS, SUBTLE } from '../app/admission/tokens.ts';

/** Keys of rooms that a test has put into the browser, and the page keeps; none where it keeps nothing, or can make none. */
export function surroundWithKeys(
  keys: readonly RoomKey[] = [],
  { forgetful = false, insecure = false } = {},
): RoomKey[] {
  const kept = [...keys];
  const refuse = () => Promise.reject(new Error('nothing is kept'));
  const find = (room: string) => Promise.resolve(kept.find((key) => key.room === room));
  const keep = (key: RoomKey) => Promise.resolve(kept.push(key));
  TestBed.configureTestingModule({
    providers: [
      { provide: SUBTLE, useValue: insecure ? undefined : crypto.subtle },
      { provide: ROOM_KEYS, useValue: forgetful ? { find: refuse, keep: refuse } : { find, keep } },
    ],
  });
  return kept;
}
