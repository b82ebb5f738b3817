import type { MessagePort } from 'node:worker_threads';
import type { OutgoingCall } from '../gateway/local/hops.ts';
import type { Tables } from '../dynamodb/short-cut.ts';
import type { Destinations } from './destinations.ts';
import type { LocalAnswer, LocalCall } from './local-request.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly handler: string;
  readonly code: string;
  readonly layers: readonly string[];
  readonly nodeVersion: number;
  readonly arn: string;
  readonly destinations: Destinations;
  /** Where the next invocation waits. Read without a listener, so that an idle worker keeps nothing alive. */
  readonly inbox: MessagePort;
  /** The ways past HTTP; what has none goes by HTTP. */
  readonly shortCuts: {
    readonly connections?: {
      /** Where the answers come from. */
      readonly answers: MessagePort;
      /** How long an answer stands. */
      readonly standing: SharedArrayBuffer;
    };
    readonly tables?: Tables;
  };
  /** Which invocation it may take: that of a `Turns`. It sleeps between invocations. */
  readonly turns: SharedArrayBuffer;
  readonly timeoutMs: number;
  /** As the function sees it; the thread is started with less. */
  readonly nodeOptions: string | undefined;
}

/** One invocation on its way to a worker. */
export interface Invocation {
  /** Its number, by which it is offered. */
  readonly turn: number;
  readonly requestId: string;
  /** The event as JSON text, which is how Lambda hands it over. */
  readonly event: string;
  /** Whether somebody wants to know what it calls. */
  readonly isWatched: boolean;
}

/** An error as the Lambda runtime reports it. */
export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What became of an invocation: the result as JSON text (undefined for no result), or an error. */
export type Outcome =
  | { readonly type: 'success'; readonly payload: string | undefined }
  | { readonly type: 'failure'; readonly error: InvocationError };

/** What a worker tells: it has loaded, it prints, it calls, what came of a call, it has answered, or it is about to end because of this error. */
export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'output'; readonly text: string }
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  | CallReport
  | CalledReport
  | { readonly type: 'fatal'; readonly error: InvocationError };

/** Puts what was thrown into the runtime's shape; anything can be thrown. */
export function describeError(thrown: unknown): InvocationError {
  if (thrown instanceof Error) {
    return {
      errorType: thrown.name,
      errorMessage: thrown.message,
      trace: (thrown.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** A call to `@connections` that goes past HTTP and waits for its answer, or a post that knows its answer. */
export type CallReport =
  | { readonly type: 'call'; readonly id: number; readonly call: LocalCall }
  | { readonly type: 'post'; readonly call: LocalCall };

/** A call that the invocation under way has made, which began at `before` of `performance.now()`. */
export interface CalledReport {
  readonly type: 'called';
  readonly call: OutgoingCall;
  readonly before: number;
}

/** The answer to the call with this `id`. */
export interface AnswerMessage {
  readonly id: number;
  readonly answer: LocalAnswer;
  /** It is the answer to all such posts, while this epoch lasts. */
  readonly epoch: number | undefined;
}
