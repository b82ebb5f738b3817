/** What these handlers use of the events; they send back the rest unread. */
export interface GatewayEvent {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly domainName: string;
    readonly stage: string;
  };
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LambdaContext {
  readonly awsRequestId: string;
}

/** A result of a proxy integration. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The event as it came, its key order included, and Lambda's own id for the call. */
export const echo = (event: object, { awsRequestId }: LambdaContext, more: object = {}): string =>
  JSON.stringify({ event, awsRequestId, ...more });
