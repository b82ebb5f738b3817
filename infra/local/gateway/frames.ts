/** What API Gateway tells a client when it could not serve a message (PARITY R8). */
export type TroubleMessage =
  | 'Forbidden'
  | 'Internal server error'
  | 'Endpoint request timed out'
  | 'Too Many Requests'
  | 'Invalid request body'
  | 'Unsupported Media Type';

/** The frame, byte for byte: spaces after the first colon and the commas, none after the other colons (PARITY R7). */
export const troubleFrame = (message: TroubleMessage, connectionId: string, requestId: string): string =>
  `{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
