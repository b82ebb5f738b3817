import { randomUUID } from 'node:crypto';
import { functionNameOf } from '../gateway/caller.ts';
import type { Activity } from '../gateway/local/activity.ts';
import type { Pools } from '../lambda/pools.ts';
import type { EventSource } from './event-source.ts';
import type { Deliver } from './reader.ts';

/** Gives events to the function of a mapping, as `/_local/invocations` shows (PARITY X11). */
export const deliveryTo =
  (pools: Pools, activity: Activity) =>
  ({ functionArn }: EventSource): Deliver =>
  async (event) => {
    const before = performance.now();
    const requestId = randomUUID();
    const outcome = await pools.invoke(functionArn, event, undefined, requestId);
    const name = functionNameOf(functionArn);
    const became = outcome.type === 'success' ? 'answered' : 'failed';
    activity.invoked({ function: name, requestId, route: 'stream', outcome: became }, before);
    return outcome;
  };
