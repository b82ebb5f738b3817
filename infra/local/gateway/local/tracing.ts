import { type Rate, TokenBucket } from '../token-bucket.ts';
import type { Activity } from './activity.ts';
import type { Hop, OutgoingCall, Received } from './hops.ts';

/** Requests that are followed: more than anybody can look at, and too few to slow the runner down. */
const MOST: Rate = { rate: 200, burst: 400 };
/** Under way at once, however long functions take. */
const MOST_AT_ONCE = 1000;
/** The wall clock was set, or the machine slept. */
const CLOCK_JUMP_MS = 20;

/** Follows requests through the runner, while somebody listens (PARITY X13). */
export class Tracing {
  readonly #activity: Activity;
  readonly #budget: TokenBucket;
  readonly #traces = new Map<string, RequestTrace>();
  /** From `performance.now()`, which is the same in all threads, to milliseconds since the epoch. */
  #offset = 0;

  constructor(activity: Activity, most = MOST) {
    this.#activity = activity;
    this.#budget = new TokenBucket(most);
  }

  /** Begins to follow a request; undefined when nobody listens, or too many are followed already. */
  follow(
    received: Omit<Received, 'at' | 'bytes' | 'refused'>,
    body = '',
    refused?: Received['refused'],
  ): RequestTrace | undefined {
    if (!this.#activity.isListened || this.#traces.size >= MOST_AT_ONCE || !this.#budget.take()) {
      return undefined;
    }
    const now = performance.now();
    const offset = Date.now() - now;
    if (Math.abs(offset - this.#offset) > CLOCK_JUMP_MS) this.#offset = offset;
    const { requestId } = received;
    const trace = new RequestTrace(
      requestId,
      (when) => Math.round((when + this.#offset) * 1000) / 1000,
      (hop) => this.#activity.tell(hop),
    );
    const bytes = Buffer.byteLength(body);
    const data = { ...received, bytes, at: trace.at(now), ...(refused && { refused }) };
    this.#activity.tell({ type: 'received', data });
    if (refused === undefined) this.#traces.set(requestId, trace);
    return trace;
  }

  /** The trace of a request that is under way. */
  find(requestId: string): RequestTrace | undefined {
    return this.#traces.get(requestId);
  }

  /** The gateway has done with a request; what its function still does is followed by whoever has its trace. */
  end(requestId: string): void {
    this.#traces.delete(requestId);
  }
}

/** A client that is sent something. */
export interface Told {
  readonly facts: { readonly connectionId: string };
  /** How many messages have gone to it. */
  readonly told: number;
}

/** What one request that is followed comes to. */
export class RequestTrace {
  readonly requestId: string;
  /** Turns `performance.now()` into milliseconds since the epoch. */
  readonly at: (when: number) => number;
  readonly #tell: (hop: Hop) => void;

  constructor(requestId: string, at: (when: number) => number, tell: (hop: Hop) => void) {
    this.requestId = requestId;
    this.at = at;
    this.#tell = tell;
  }

  /** An instance takes it up. */
  started(name: string, cold: boolean, waitedMs: number): void {
    this.#tell({
      type: 'started',
      data: {
        requestId: this.requestId,
        function: name,
        cold,
        waitedMs: rounded(waitedMs),
        at: this.at(performance.now()),
      },
    });
  }

  /** Its function has made a call, which began at `before` of `performance.now()`. */
  called(call: OutgoingCall, before: number): void {
    this.#tell({
      type: 'called',
      data: { requestId: this.requestId, ...call, ms: rounded(call.ms), at: this.at(before) },
    });
  }

  /** A text has gone to a client. */
  sent({ facts: { connectionId }, told }: Told, text: string): void {
    this.#tell({
      type: 'sent',
      data: {
        requestId: this.requestId,
        connectionId,
        frame: told,
        bytes: Buffer.byteLength(text),
        at: this.at(performance.now()),
      },
    });
  }
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;
