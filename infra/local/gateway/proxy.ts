import { isRecord } from '../template/values.ts';
import type { GatewayEvent } from './events.ts';
import type { Caller } from './caller.ts';

/** Runs one event, as JSON text, in the function with this ARN. */
export type Invoke = (functionArn: string, requestId: string, event: string) => Promise<InvokeResult>;
export type InvokeResult =
  | { readonly type: 'success'; readonly payload: string | undefined }
  | { readonly type: 'failure'; /** What the function threw. */ readonly message: string };

/** What a proxy integration came to, seen by the gateway. */
export type ProxyResult =
  | {
      readonly type: 'answered';
      readonly statusCode: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | undefined;
    }
  /** The function failed, or its result is not of the proxy's shape (PARITY H11, R11). */
  | { readonly type: 'failed' }
  | { readonly type: 'timed-out' }
  /** API Gateway may not call the function, and did not (PARITY R23). */
  | { readonly type: 'not-permitted' };

/** A function behind a route, and the longest that it may take. */
export interface ProxyTarget extends Caller {
  readonly timeoutMs: number;
}

/** Hands an event to the integration's function and reads its answer, within the integration's own time limit. */
export async function callProxy(
  { functionArn, timeoutMs }: ProxyTarget,
  event: GatewayEvent,
  invoke: Invoke,
): Promise<ProxyResult> {
  const { promise: expired, resolve: expire } = Promise.withResolvers<ProxyResult>();
  const timer = setTimeout(() => expire({ type: 'timed-out' }), timeoutMs);
  try {
    const answered = invoke(functionArn, event.requestId, JSON.stringify(event.body)).then(
      (result): ProxyResult => (result.type === 'success' ? readAnswer(result.payload) : { type: 'failed' }),
    );
    return await Promise.race([answered, expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** A result with a key that is none of these fails, although the function succeeded (PARITY R11). */
const ANSWER_KEYS = new Set(['statusCode', 'body', 'headers', 'multiValueHeaders', 'isBase64Encoded']);

function readAnswer(payload: string | undefined): ProxyResult {
  const answer: unknown = payload === undefined ? undefined : JSON.parse(payload);
  if (!isRecord(answer) || Object.keys(answer).some((key) => !ANSWER_KEYS.has(key)))
    return { type: 'failed' };
  const { statusCode = 200, body, headers } = answer;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return { type: 'failed' };
  if (body !== undefined && body !== null && typeof body !== 'string') return { type: 'failed' };
  return { type: 'answered', statusCode: status, headers: textsOf(headers), body: body ?? undefined };
}

const textsOf = (headers: unknown): Record<string, string> =>
  isRecord(headers)
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
    : {};
