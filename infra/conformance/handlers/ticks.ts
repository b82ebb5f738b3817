// A timer that goes on for ever, and how often it went off: on AWS it stands still between events. Alone in its function,
// so that no other event lets it run.
import { randomUUID } from 'node:crypto';
import type { ProxyResult } from './events.ts';

const instance = randomUUID();
let ticks = 0;
let ticking: NodeJS.Timeout | undefined;

export const handler = async (): Promise<ProxyResult> => {
  ticking ??= setInterval(() => ticks++, 20);
  return Promise.resolve({ statusCode: 200, body: JSON.stringify({ instance, ticks }) });
};
