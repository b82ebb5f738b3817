import { InjectionToken } from '@angular/core';

/** What is used of an `EventSource`. */
export interface EventStream {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}
export type EventStreamConstructor = new (url: string) => EventStream;

/** The class that reads server-sent events. */
export const EVENT_SOURCE = new InjectionToken<EventStreamConstructor>('EVENT_SOURCE', {
  factory: () => EventSource,
});
