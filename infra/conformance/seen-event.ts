/** An event that a conformance handler has sent back, keys in the order in which it got them. */
export interface SeenEvent {
  readonly event: Readonly<Record<string, unknown>>;
  readonly requestContext: Readonly<Record<string, unknown>> & { readonly connectionId: string };
  /** Lambda's own id of the call. */
  readonly awsRequestId: string;
  /** What came of a post to the connection itself, where the handler tried. */
  readonly toItself: unknown;
}

/** Reads what `echo` wrote. Throws what was there instead. */
export function readEcho(text: string): SeenEvent {
  const said: unknown = parse(text);
  if (isRecord(said) && isRecord(said['event'])) {
    const { event, awsRequestId, toItself } = said;
    const { requestContext } = event;
    if (isRecord(requestContext)) {
      const connectionId = String(requestContext['connectionId']);
      return {
        event,
        requestContext: { ...requestContext, connectionId },
        awsRequestId: String(awsRequestId),
        toItself,
      };
    }
  }
  throw new Error(`no event but ${text.slice(0, 200)}`);
}

/** Keys in their order: what of an event is compared. */
export const keysOf = (value: unknown): string =>
  isRecord(value) ? Object.keys(value).join(', ') : String(value);

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
