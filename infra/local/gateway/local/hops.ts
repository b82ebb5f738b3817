/** Steps of one request on its way through the runner, for whoever wants to watch (PARITY X13): where and how long, never what. */
export type Hop =
  | { readonly type: 'received'; readonly data: Received }
  | { readonly type: 'started'; readonly data: Started }
  | { readonly type: 'called'; readonly data: Called }
  | { readonly type: 'sent'; readonly data: Sent };

interface Step {
  /** API Gateway's, of the request that this is a step of. */
  readonly requestId: string;
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number;
}

/** The gateway took something from a client: a frame, or its coming or going. */
export interface Received extends Step {
  readonly connectionId: string;
  /** The key of the route that it was for. */
  readonly route: string;
  /** The place of the frame among those of its connection, from 1; 0 for `$connect` and `$disconnect`. */
  readonly frame: number;
  readonly bytes: number;
  /** Why it went no further; absent when it did. */
  readonly refused?: 'forbidden' | 'throttled' | 'dropped';
}

/** An instance of a function took it up. */
export interface Started extends Step {
  readonly function: string;
  /** Whether the instance had handled nothing before. */
  readonly cold: boolean;
  /** Milliseconds that it waited for the instance. */
  readonly waitedMs: number;
}

/** What a function calls: DynamoDB, `@connections`, or something else by HTTP. */
export interface OutgoingCall {
  readonly service: 'dynamodb' | '@connections' | 'http';
  /** DynamoDB's operation, or the method; after the method the host, where it is not the runner's. */
  readonly operation: string;
  /** Whose, of a call of `@connections`. */
  readonly connectionId?: string;
  /** Missing when there was no answer. */
  readonly status?: number;
  readonly ms: number;
}

/** The function made a call; `at` is when it began. */
export type Called = Step & OutgoingCall;

/** A frame went out to a client on account of it. */
export interface Sent extends Step {
  readonly connectionId: string;
  /** The place of the frame among those that went to this connection, from 1. */
  readonly frame: number;
  readonly bytes: number;
}
