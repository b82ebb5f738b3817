import { isRecord } from '../../template/values.ts';
import type { GatewayEvent } from '../events.ts';

type Values = Readonly<Record<string, readonly string[]>>;

/** What an integration other than a Lambda proxy may read of a client's request or message. */
export interface RouteRequest {
  readonly requestId: string;
  /** The message; empty for `$connect` and `$disconnect`, which have none (PARITY E2). */
  readonly body: string;
  readonly headers: Values;
  readonly query: Values;
  /** `$context` (docs: WebSocket API mapping template reference). */
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** The request inside the event that a Lambda proxy would get. */
export function requestOf({ requestId, body: event }: GatewayEvent): RouteRequest {
  const { body, multiValueHeaders, multiValueQueryStringParameters, requestContext, stageVariables } = event;
  return {
    requestId,
    body: typeof body === 'string' ? body : '',
    headers: lists(multiValueHeaders),
    query: lists(multiValueQueryStringParameters),
    context: isRecord(requestContext) ? requestContext : {},
    stageVariables: texts(stageVariables),
  };
}

const lists = (value: unknown): Record<string, string[]> =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, all]) => [name, Array.isArray(all) ? all.map(String) : []]),
      )
    : {};

const texts = (value: unknown): Record<string, string> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)])) : {};
