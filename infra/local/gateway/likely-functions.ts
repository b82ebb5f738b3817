import type { WebSocketApi } from './api.ts';
import { functionArnIn } from './caller.ts';

/** Routes that API Gateway takes by itself, and the one for what no other takes. */
const BUILT_IN = new Set(['$connect', '$disconnect', '$default']);

/**
 * The ARNs of functions that clients will call. Where an API has routes of its own, `$default` only takes what goes astray:
 * its function can load when something does, and until then saves its memory.
 */
export function likelyFunctions({ routes, stages }: WebSocketApi): Set<string> {
  const hasOwn = [...routes.keys()].some((key) => !BUILT_IN.has(key));
  const likely = [...routes].filter(([key]) => !(hasOwn && key === '$default'));
  return new Set(
    likely.flatMap(([, { integration, authorizer }]) =>
      [integration.caller, authorizer].flatMap((by) =>
        by === undefined ? [] : stages.map(({ variables }) => functionArnIn(by.functionArn, variables)),
      ),
    ),
  );
}
