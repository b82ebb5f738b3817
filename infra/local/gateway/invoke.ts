import type { Outcome } from '../lambda/messages.ts';

/** Runs one event, as JSON text, in the function with this ARN. */
export type Invoke = (functionArn: string, requestId: string, event: string) => Promise<Outcome>;
