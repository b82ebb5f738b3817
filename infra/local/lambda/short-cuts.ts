import type { TableAnswer, TableCall, Tables } from '../dynamodb/short-cut.ts';
import { newRequestIdHeader } from '../gateway/request-id-header.ts';
import { Standing, StandingAnswers } from '../gateway/standing.ts';
import type { Send, Target } from './local-request.ts';
import type { AnswerMessage, CallReport, WorkerSetup } from './messages.ts';
import { Questions } from './questions.ts';

/** A way out of a function past HTTP, for the requests that it takes. */
export interface ShortCut {
  readonly takes: (target: Target) => boolean;
  readonly send: Send;
}

/** The ways that the runner has opened for a function. */
export function openShortCuts(
  { connections, tables }: WorkerSetup['shortCuts'],
  report: (message: CallReport) => void,
): ShortCut[] {
  return [
    ...(connections ? [toConnections(connections, report)] : []),
    ...(tables ? [toTables(tables)] : []),
  ];
}

/** As the SDK writes it, and as AWS's documentation does. */
const CONNECTIONS = /\/(@|%40)connections\//;

/**
 * Takes calls to `@connections` out of the thread with `report`; of a call whose answer stands it only tells. All go the
 * same way, so that posts keep their order.
 */
function toConnections(
  { answers, standing }: NonNullable<WorkerSetup['shortCuts']['connections']>,
  report: (message: CallReport) => void,
): ShortCut {
  const questions = new Questions<AnswerMessage>(answers);
  const standingAnswers = new StandingAnswers(new Standing(standing));
  return {
    takes: ({ path }) => CONNECTIONS.test(path),
    async send({ port, method, path, headers, body }) {
      const call = { port, method, path, authorization: headers.get('authorization'), body };
      const known = standingAnswers.find(call);
      if (known !== undefined) {
        report({ type: 'post', call });
        return { ...known, headers: { ...known.headers, ...newRequestIdHeader() } };
      }
      const { answer, epoch } = await questions.ask((id) => report({ type: 'call', id, call }));
      if (epoch !== undefined) standingAnswers.keep(call, answer, epoch);
      return answer;
    },
  };
}

/** Leads to the tables until they crash: then their thread is gone, and HTTP leads to the next one. */
function toTables({ port: tables, calls }: Tables): ShortCut {
  const questions = new Questions<TableAnswer>(calls);
  return {
    takes: ({ port }) => port === tables && questions.isOpen,
    async send({ method, path, headers, body }) {
      const { answer } = await questions.ask((id) => {
        const call: TableCall = { id, method, path, headers: Object.fromEntries(headers), body };
        calls.postMessage(call);
      });
      return answer;
    },
  };
}
