/** What AWS allows an account in one Region unless it is asked for more. */
export const QUOTAS = {
  /** New connections a second (PARITY Q16). Service Quotas raises it. */
  newConnections: 500,
  /** Requests a second of all APIs together, posts included, and as many at once (PARITY Q13). Service Quotas raises it. */
  requests: { rate: 10_000, burst: 5_000 },
  /** Functions that run at once: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html. Service Quotas raises it. */
  concurrency: 1_000,
  /**
   * Write units a second of one partition, and so of one room, which nothing raises:
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
   */
  partitionWrites: 1_000,
} as const;
