/** As much of an event as this chat reads. */
export interface WebSocketEvent {
  readonly requestContext: { readonly connectionId: string };
  readonly body?: string;
}
export interface Result {
  readonly statusCode: number;
  readonly body?: string;
}
