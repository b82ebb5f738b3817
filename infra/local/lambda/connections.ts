import type { RequestTrace } from '../gateway/local/tracing.ts';
import type { Standing } from '../gateway/standing.ts';
import type { LocalAnswer, LocalCall } from './local-request.ts';

/** The `@connections` APIs of the runner, for functions that reach them without HTTP. */
export interface Connections {
  readonly standing: Standing;
  /** Answers a call, or never; with the epoch while which this is the answer to all such posts, when there is one. */
  answer(
    call: LocalCall,
    trace?: RequestTrace,
  ): { readonly answer: LocalAnswer; readonly epoch: number | undefined } | undefined;
  /** Brings a post that has been answered. */
  post(call: LocalCall, trace?: RequestTrace): void;
}
