import type { RequestTrace } from '../gateway/local/tracing.ts';
import type { Standing } from '../gateway/standing.ts';
import type { MessagePort } from 'node:worker_threads';
import type { LocalAnswer, LocalCall } from './local-request.ts';
import type { AnswerMessage, CallReport } from './messages.ts';
import { connectionsCall } from './watched-calls.ts';

/** The `@connections` APIs of the runner, for functions that reach them without HTTP. */
export interface Connections {
  readonly standing: Standing;
  /** Answers a call, or never; with the epoch during which this is the answer to all such posts, when there is one. */
  answer(
    call: LocalCall,
    trace?: RequestTrace,
  ): { readonly answer: LocalAnswer; readonly epoch: number | undefined } | undefined;
  /** Brings a post that has been answered. */
  post(call: LocalCall, trace?: RequestTrace): void;
}

/** Does what a worker's report of a call asks for; the answer goes to `answers`. */
export function serve(
  report: CallReport,
  connections: Connections,
  answers: MessagePort,
  trace: RequestTrace | undefined,
): void {
  if (report.type === 'post') {
    connections.post(report.call, trace);
    return;
  }
  const { id, call } = report;
  const answered = connections.answer(call, trace);
  if (answered !== undefined) answers.postMessage({ id, ...answered } satisfies AnswerMessage);
  else trace?.called({ ...connectionsCall(call), ms: 0 }, performance.now()); // PARITY X6
}
