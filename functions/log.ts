import type { GatewayEvent } from './events.ts';

/** Writes one JSON line per incident. What people said, and their keys, never stand in it. */
export interface Log {
  /** The function did not do what it was asked. */
  fault(message: string, event: GatewayEvent, error: unknown): void;
  /** It did, and something beside it went wrong. */
  warning(message: string, details: Readonly<Record<string, unknown>>): void;
}

/** A log whose lines name `functionName` and go to `write`. */
export function createLog(functionName: string, write: (line: string) => void): Log {
  const line = (level: string, message: string, details: object) =>
    write(JSON.stringify({ level, message, function: functionName, ...details }));
  return {
    fault: (message, { requestContext: { connectionId, requestId } }, error) =>
      line('ERROR', message, { connectionId, requestId, error: describeError(error) }),
    warning: (message, details) => line('WARN', message, details),
  };
}

/** An error as JSON can hold it. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { name, message, stack };
}
