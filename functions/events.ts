/**
 * What API Gateway gives a function of a WebSocket API: the fields we read, no more. The public typings describe another
 * event: they promise a `messageId` on every one and know no `headers`.
 */

interface RequestContext {
  readonly connectionId: string;
  readonly requestId: string;
  /** Milliseconds since the epoch; the same for the life of the connection. */
  readonly connectedAt: number;
}

/** Any of the events: enough to say whom it is about. */
export interface GatewayEvent {
  readonly requestContext: RequestContext;
}

interface WithHeaders {
  /** As the client spelled them: header names are case-insensitive. */
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
}

/** What an authorizer is asked, before `$connect` is. */
export interface AuthorizerEvent extends GatewayEvent, WithHeaders {
  /** The ARN of `$connect`, which its answer has to name. */
  readonly methodArn: string;
}

/** `$connect`. A handshake without a query string has no `queryStringParameters`. */
export interface ConnectEvent extends GatewayEvent, WithHeaders {
  readonly requestContext: GatewayEvent['requestContext'] & {
    /** What the authorizer said, if there is one: nothing of it comes from the client. */
    readonly authorizer?: { readonly subject?: string };
  };
  readonly queryStringParameters?: Readonly<Record<string, string>>;
}

/** `$disconnect`. */
export type DisconnectEvent = GatewayEvent;

/** A frame, on `sendMessageRoute` or `$default`. */
export interface MessageEvent extends GatewayEvent {
  readonly body: string;
}

/** What a function answers; only `$connect`'s reaches the client, without the body. */
export interface GatewayResponse {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** All values of a header, joined as HTTP joins them; undefined when it was not sent. */
export function header(event: WithHeaders, name: string): string | undefined {
  const values = Object.entries(event.multiValueHeaders)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value);
  return values.length === 0 ? undefined : values.join(',');
}
