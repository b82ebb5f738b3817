import type { FaultSettings } from '../fault-settings.ts';
import type { Hop } from './hops.ts';

/** An open connection, as `/_local` shows it. */
export interface OpenConnection {
  readonly connectionId: string;
  readonly stage: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
}

/** One call of a function, or of another integration, for the gateway or for a stream: what it was about, never what was in it. */
export interface Invocation {
  /** Its name, or what else the route calls: `MOCK`, `dynamodb:PutItem`, a URL. */
  readonly function: string;
  /** API Gateway's, which error frames carry too; for a stream Lambda's. */
  readonly requestId: string;
  /** Whose request it was; missing for an authorizer's and a stream's. */
  readonly connectionId?: string;
  /** The route's key, or `authorizer`, or `stream`. */
  readonly route: string;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  readonly ms: number;
  readonly outcome: 'answered' | 'failed' | 'timed-out' | 'not-permitted' | 'refused';
}

export type ActivityEvent =
  | { readonly type: 'opened'; readonly data: OpenConnection }
  | { readonly type: 'closed'; readonly data: { readonly connectionId: string; readonly code: number } }
  | { readonly type: 'invocation'; readonly data: Invocation }
  | { readonly type: 'faults'; readonly data: FaultSettings }
  | Hop;

const KEPT = 200;

/** What happens in the runner, for whoever wants to watch (PARITY X11). */
export class Activity {
  readonly #connections = new Map<string, OpenConnection>();
  readonly #invocations: Invocation[] = [];
  readonly #listeners = new Set<(event: ActivityEvent) => void>();

  get connections(): readonly OpenConnection[] {
    return [...this.#connections.values()];
  }

  /** The last 200, oldest first. */
  get invocations(): readonly Invocation[] {
    return this.#invocations;
  }

  /** Whether telling is of use to anybody. */
  get isListened(): boolean {
    return this.#listeners.size > 0;
  }

  opened({ connectionId, stage, connectedAt }: OpenConnection): void {
    const data = { connectionId, stage, connectedAt };
    this.#connections.set(connectionId, data);
    this.tell({ type: 'opened', data });
  }

  closed(connectionId: string, code: number): void {
    if (this.#connections.delete(connectionId)) this.tell({ type: 'closed', data: { connectionId, code } });
  }

  /** A call has ended that began at `before` of `performance.now()`. */
  invoked(invocation: Omit<Invocation, 'at' | 'ms'>, before: number): void {
    const ms = Math.round((performance.now() - before) * 10) / 10;
    const data = { ...invocation, at: Math.round(Date.now() - ms), ms };
    this.#invocations.push(data);
    if (this.#invocations.length > KEPT) this.#invocations.shift();
    this.tell({ type: 'invocation', data });
  }

  /** Tells `listener` of everything from now on, until the function that it returns is called. */
  listen(listener: (event: ActivityEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Says what has happened to whoever listens. */
  tell(event: ActivityEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
