import type { GatewayEvent } from './events.ts';
import { inSources } from './source-positions.ts';

/** Writes one JSON line per incident. What people said, and their keys, never stand in it. */
export interface Log {
  /** The function did not do what it was asked. */
  fault(message: string, event: GatewayEvent, error: unknown): void;
  /** It did, and something besides it went wrong. */
  warning(message: string, details: Readonly<Record<string, unknown>>): void;
}

/**
 * Writes a line of the log. Not by `console`: in JSON format Lambda's runtime makes of what that is given a text in an object of its own
 * (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/LogPatch.js), in which CloudWatch finds no metrics. JSON on
 * stdout goes to CloudWatch as it is (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Libraries.html).
 */
export const writeLine = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * A log whose lines name `functionName` and go to `write`. Lambda takes a line's level only when there is a `timestamp` too:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function createLog(
  functionName: string,
  write: (line: string) => void,
  now: () => number = Date.now,
): Log {
  const line = (level: string, message: string, details: object) => {
    const timestamp = new Date(now()).toISOString();
    write(JSON.stringify({ timestamp, level, message, function: functionName, ...details }));
  };
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
  return { name, message, ...(stack !== undefined && { stack: inSources(stack) }) };
}
