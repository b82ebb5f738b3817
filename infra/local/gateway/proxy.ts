import type { Resource } from '../template/stack.ts';
import { isRecord, section } from '../template/values.ts';
import { functionArnIn, functionArnOf, functionNameOf } from './caller.ts';
import type { Integration, IntegrationResult } from './integrations/integration.ts';

/** A Lambda proxy integration: the function gets the event, and its result is the answer. */
export function lambdaProxy({ logicalId, properties }: Resource, timeoutMs: number): Integration {
  const functionArn = functionArnOf(logicalId, properties.text('IntegrationUri'));
  return {
    logicalId,
    timeoutMs,
    target: functionNameOf(functionArn),
    caller: { functionArn, asRole: properties.has('CredentialsArn') },
    async invoke(event, { invoke }) {
      const called = functionArnIn(functionArn, section(event.body, 'stageVariables'));
      const result = await invoke(called, event.requestId, JSON.stringify(event.body));
      return result.type === 'success' ? readAnswer(result.payload) : { type: 'failed' };
    },
  };
}

/** A result with a key that is none of these fails, although the function succeeded (PARITY R11). */
const ANSWER_KEYS = new Set(['statusCode', 'body', 'headers', 'multiValueHeaders', 'isBase64Encoded']);

function readAnswer(payload: string | undefined): IntegrationResult {
  const answer: unknown = payload === undefined ? undefined : JSON.parse(payload);
  if (!isRecord(answer) || Object.keys(answer).some((key) => !ANSWER_KEYS.has(key)))
    return { type: 'failed' };
  const { statusCode = 200, body, headers, multiValueHeaders } = answer;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return { type: 'failed' };
  if (body !== undefined && body !== null && typeof body !== 'string') return { type: 'failed' };
  return {
    type: 'answered',
    statusCode: status,
    // Of a header in both, the values of the second are sent (docs: Lambda proxy integrations, output format).
    headers: { ...textsOf(headers), ...textsOf(multiValueHeaders) },
    body: body ?? undefined,
  };
}

/** Of several values the last. */
const textsOf = (headers: unknown): Record<string, string> =>
  isRecord(headers)
    ? Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name.toLowerCase(),
          String(Array.isArray(value) ? value.at(-1) : value),
        ]),
      )
    : {};
