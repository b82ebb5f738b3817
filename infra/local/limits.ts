/** What API Gateway allows a connection (PARITY Q1) and an account, in milliseconds and requests. */
export interface Limits {
  /** Without traffic in either direction for this long, the gateway closes with 1001 (PARITY Q7, Q9). */
  readonly idleTimeoutMs: number;
  /** No connection lives longer (PARITY Q8). */
  readonly maxDurationMs: number;
  /** The longest that any integration may take, whatever its own limit. */
  readonly integrationTimeoutMs: number;
  /** Requests a second that all APIs together may get, and how many at once (PARITY Q13). */
  readonly rate: number;
  readonly burst: number;
  /** New connections a second of all APIs together, and as many at once (PARITY Q16). */
  readonly connectionRate: number;
}

export const AWS_LIMITS: Limits = {
  idleTimeoutMs: 10 * 60_000,
  maxDurationMs: 2 * 60 * 60_000,
  integrationTimeoutMs: 29_000,
  rate: 10_000,
  burst: 5000,
  connectionRate: 500,
};

/** Of a connection's two limits, those that differ from AWS's: a page that is told can keep pace with them (PARITY X12). */
export const unlikeAws = ({ idleTimeoutMs, maxDurationMs }: Limits): Partial<Limits> => ({
  ...(idleTimeoutMs !== AWS_LIMITS.idleTimeoutMs && { idleTimeoutMs }),
  ...(maxDurationMs !== AWS_LIMITS.maxDurationMs && { maxDurationMs }),
});

/** One WebSocket frame (PARITY Q2). */
export const MAX_FRAME_BYTES = 32 * 1024;
/** One message, which may be several frames (PARITY Q3, Q4). */
export const MAX_MESSAGE_BYTES = 128 * 1024;
/** What may wait for a client that does not read, before posts to it are refused with 429 (PARITY M9). */
export const MAX_BACKLOG_BYTES = 1024 * 1024;
