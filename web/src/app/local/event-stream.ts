import { Observable } from 'rxjs';
import type { EventStreamConstructor } from './tokens.ts';

/** One event of a stream of server-sent events, or that it is open. */
export interface StreamEvent {
  readonly type: string;
  readonly data: string;
}

/** The types of the events that say that the stream is open (again), and that it is to be opened again. */
export const STREAM_OPEN = 'stream-open';
export const STREAM_LOST = 'stream-lost';

const CLOSED = 2;

/**
 * The events of these types from `url`, for as long as somebody subscribes. A browser connects again by itself after most
 * endings; where it does not, this errors.
 */
export function eventsOf(
  EventSource: EventStreamConstructor,
  url: string,
  types: readonly string[],
): Observable<StreamEvent> {
  return new Observable((out) => {
    const source = new EventSource(url);
    source.onopen = () => out.next({ type: STREAM_OPEN, data: '' });
    source.onerror = () => {
      out.next({ type: STREAM_LOST, data: '' });
      if (source.readyState === CLOSED) out.error(new Error(`${url} has ended.`));
    };
    for (const type of types) source.addEventListener(type, ({ data }) => out.next({ type, data }));
    return () => source.close();
  });
}
