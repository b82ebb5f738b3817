/** What to ask, and how long to wait for it. */
export interface EndpointSettings {
  /** WebSocket URL of the main API's stage. */
  readonly url: string;
  /** URL of its `@connections`, without that part. */
  readonly managementUrl: string;
  readonly selectionUrl?: string | undefined;
  readonly authorizerUrl?: string | undefined;
  readonly mappingUrl?: string | undefined;
  readonly signedUrl?: string | undefined;
  readonly region: string;
  /** The longest to wait for an answer, in milliseconds. */
  readonly patienceMs: number;
  /** What the endpoint is expected to allow. */
  readonly idleTimeoutMs: number;
  readonly maxDurationMs: number;
}
