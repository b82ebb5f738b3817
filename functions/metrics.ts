/**
 * What is counted of what happens, in CloudWatch's embedded metric format: a line of the log that CloudWatch makes metrics
 * of. A forwarded message writes none: API Gateway counts those itself.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

/** Where CloudWatch keeps them; each has the dimension `Stack`, and `Refused` has `Code` beside it. */
export const NAMESPACE = 'hello-websocket';

export type Metric =
  /** A peer was listed; one was taken out. */
  | 'Joined'
  | 'Left'
  /** A frame was refused [P40]. */
  | 'Refused'
  /** A post found nobody there, was throttled three times, or ended otherwise. */
  | 'PostsGone'
  | 'PostsThrottled'
  | 'PostsFailed'
  /** A function did not do what it was asked, and its log says why. */
  | 'Faults'
  /** A peer was taken out because a post found it gone, not because it said so. */
  | 'GhostsRemoved';

/** Counts one that has happened, or several at once. */
export type Count = (metric: Metric, by?: { readonly times?: number; readonly code?: string }) => void;

/** Counts for the stack of that name, in lines that go to `write`. */
export const createCount =
  (stack: string, write: (line: string) => void, now: () => number = Date.now): Count =>
  (metric, { times = 1, code } = {}) => {
    const dimensions = code === undefined ? [['Stack']] : [['Stack'], ['Stack', 'Code']];
    write(
      JSON.stringify({
        _aws: {
          Timestamp: now(),
          CloudWatchMetrics: [
            { Namespace: NAMESPACE, Dimensions: dimensions, Metrics: [{ Name: metric, Unit: 'Count' }] },
          ],
        },
        Stack: stack,
        ...(code !== undefined && { Code: code }),
        [metric]: times,
      }),
    );
  };
