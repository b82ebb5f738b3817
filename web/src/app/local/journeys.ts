import { BoundedMap } from '../wire/bounded-map.ts';
import type { Called, Ended, HopEvent, Received, Sent, Started } from './hop-events.ts';

/** What is known of one request: it grows as the runner tells more. */
export interface Journey {
  readonly received: Received;
  readonly started?: Started;
  readonly calls: readonly Called[];
  readonly sent: readonly Sent[];
  readonly ended?: Ended;
}

/** How many requests are remembered, and by how many frames they are found. */
export const MOST_JOURNEYS = 500;
const MOST_FRAMES = 2000;
/** A function may call without end: so many of its calls are remembered, and so many frames that were sent. */
const MOST_STEPS = 300;

/** The requests that the runner has told of, newest last, found by the frames that went in and came out. */
export class Journeys {
  readonly #byRequest = new BoundedMap<string, Journey>(MOST_JOURNEYS);
  readonly #byFrame = new BoundedMap<string, string>(MOST_FRAMES);

  /** Takes in what the runner tells. Of a request whose beginning was not told nothing is kept. */
  add(event: HopEvent): void {
    const { requestId } = event.data;
    if (event.type === 'received') {
      const { data } = event;
      this.#byRequest.set(requestId, { received: data, calls: [], sent: [] });
      this.#byFrame.set(key('out', data.connectionId, data.frame), requestId);
      return;
    }
    const journey = this.#byRequest.get(requestId);
    if (!journey) return;
    if (event.type === 'sent')
      this.#byFrame.set(key('in', event.data.connectionId, event.data.frame), requestId);
    this.#byRequest.set(requestId, longer(journey, event));
  }

  /** The request that a frame began (`out` of the page) or was sent on account of (`in`). */
  find(direction: 'out' | 'in', connectionId: string, frame: number): Journey | undefined {
    const requestId = this.#byFrame.get(key(direction, connectionId, frame));
    return requestId === undefined ? undefined : this.#byRequest.get(requestId);
  }
}

function longer(journey: Journey, event: Exclude<HopEvent, { readonly type: 'received' }>): Journey {
  switch (event.type) {
    case 'started':
      return { ...journey, started: event.data };
    case 'called':
      return { ...journey, calls: withOne(journey.calls, event.data) };
    case 'sent':
      return { ...journey, sent: withOne(journey.sent, event.data) };
    case 'invocation':
      return { ...journey, ended: event.data };
  }
}

const withOne = <T>(steps: readonly T[], one: T): readonly T[] =>
  steps.length < MOST_STEPS ? [...steps, one] : steps;

const key = (direction: 'out' | 'in', connectionId: string, frame: number): string =>
  `${direction} ${connectionId} ${frame}`;
