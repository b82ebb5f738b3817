/** What the local runner tells of one request, hop by hop: infra/local/PARITY.md, X13. Times are milliseconds since the epoch. */
interface Step {
  readonly requestId: string;
  readonly at: number;
}

/** The gateway took a frame; `frame` is its place among those of its connection, 0 for a coming or going. */
export interface Received extends Step {
  readonly connectionId: string;
  readonly route: string;
  readonly frame: number;
  readonly bytes: number;
  /** Why it went no further. */
  readonly refused?: string;
}

/** An instance of a function took it up. */
export interface Started extends Step {
  readonly function: string;
  readonly cold: boolean;
  readonly waitedMs: number;
}

/** The function called something; without a status it was not answered. */
export interface Called extends Step {
  readonly service: string;
  readonly operation: string;
  readonly connectionId?: string;
  readonly status?: number;
  readonly ms: number;
}

/** A frame went to a client; `frame` is its place among those. */
export interface Sent extends Step {
  readonly connectionId: string;
  readonly frame: number;
  readonly bytes: number;
}

/** The call of the function, or of what else the route calls, is over for the gateway. */
export interface Ended extends Step {
  readonly function: string;
  readonly ms: number;
  readonly outcome: string;
}

export type HopEvent =
  | { readonly type: 'received'; readonly data: Received }
  | { readonly type: 'started'; readonly data: Started }
  | { readonly type: 'called'; readonly data: Called }
  | { readonly type: 'sent'; readonly data: Sent }
  | { readonly type: 'invocation'; readonly data: Ended };

/** What each must have, and of what type: a runner of another version may tell something else, which is passed over. */
const FIELDS: Readonly<Record<HopEvent['type'], Readonly<Record<string, string>>>> = {
  received: { connectionId: 'string', route: 'string', frame: 'number', bytes: 'number' },
  started: { function: 'string', cold: 'boolean', waitedMs: 'number' },
  called: { service: 'string', operation: 'string', ms: 'number' },
  sent: { connectionId: 'string', frame: 'number', bytes: 'number' },
  invocation: { function: 'string', ms: 'number', outcome: 'string' },
};

/** The events of the stream that are hops. */
export const HOP_EVENTS = Object.keys(FIELDS);

/** Reads one event of the stream; undefined when it is none of these. */
export function readHop(type: string, text: string): HopEvent | undefined {
  const event = { type, data: parsed(text) };
  return isHop(event) ? event : undefined;
}

function isHop(event: { readonly type: string; readonly data: unknown }): event is HopEvent {
  const { data } = event;
  const [, fields] = Object.entries(FIELDS).find(([type]) => type === event.type) ?? [];
  if (fields === undefined || typeof data !== 'object' || data === null) return false;
  return Object.entries({ ...fields, requestId: 'string', at: 'number' }).every(
    ([name, type]) => typeof Reflect.get(data, name) === type,
  );
}

/** A text as JSON; undefined when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
