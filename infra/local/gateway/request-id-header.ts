import { randomUUID } from 'node:crypto';

/** By which AWS knows a call of `@connections`, and an SDK's `$metadata.requestId` too (PARITY M15). */
export const newRequestIdHeader = (): Readonly<Record<string, string>> => ({
  'x-amzn-RequestId': randomUUID(),
});
