import type { MessagePort } from 'node:worker_threads';
import type { StandingAnswers } from '../gateway/standing.ts';
import type { LocalAnswer, LocalCall, Send } from './local-request.ts';
import type { AnswerMessage, CallReport } from './messages.ts';

interface Waiting {
  readonly call: LocalCall;
  readonly settle: (answer: LocalAnswer) => void;
}

/**
 * Takes calls out of the thread with `report` and hands back what comes through `answers`; of a call whose answer stands
 * it only tells. All go the same way, so that posts keep their order. Only a call under way keeps the thread alive.
 */
export function sendThrough(
  report: (message: CallReport) => void,
  answers: MessagePort,
  standing: StandingAnswers,
): Send {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  answers.on('message', ({ id, answer, epoch }: AnswerMessage) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) answers.unref();
    if (asked === undefined) return;
    if (epoch !== undefined) standing.keep(asked.call, answer, epoch);
    asked.settle(answer);
  });
  answers.unref();
  return (call) => {
    const known = standing.find(call);
    if (known !== undefined) {
      report({ type: 'post', call });
      return Promise.resolve(known);
    }
    return new Promise((settle) => {
      const id = ++lastId;
      waiting.set(id, { call, settle });
      answers.ref();
      report({ type: 'call', id, call });
    });
  };
}
