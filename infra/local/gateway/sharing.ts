import { AWS_LIMITS, type Limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import type { Stack } from '../template/stack.ts';
import type { FaultSettings } from './fault-settings.ts';
import { Faults } from './faults.ts';
import type { Invoke } from './invoke.ts';
import { Activity } from './local/activity.ts';
import { Tracing } from './local/tracing.ts';
import { Permissions } from './permissions.ts';
import { Standing } from './standing.ts';
import { TokenBucket } from './token-bucket.ts';

/** What a gateway shares with the others of the runner. */
export interface Sharing extends Common {
  readonly invoke: Invoke;
  readonly dynamodbPort: number;
}

/** What all gateways of a runner have in common. */
export interface Common {
  readonly limits: Limits;
  /** What all APIs together may still be asked at this moment (PARITY Q13). */
  readonly account: TokenBucket;
  /** How many new connections all APIs together may still get at this moment (PARITY Q16). */
  readonly newcomers: TokenBucket;
  readonly permissions: Permissions;
  readonly faults: Faults;
  readonly activity: Activity;
  readonly tracing: Tracing;
  /** Whether what was answered to posts stands. */
  readonly standing: Standing;
  readonly log: Logger;
}

/** Makes what the gateways of these stacks have in common; `random` is the dice that faults are thrown with. */
export function share({
  stacks,
  limits,
  faults: initialFaults,
  random,
  log,
}: {
  readonly stacks: readonly Stack[];
  readonly limits: Partial<Limits>;
  readonly faults: Partial<FaultSettings>;
  readonly random: (() => number) | undefined;
  readonly log: Logger;
}): Common {
  const allLimits = { ...AWS_LIMITS, ...limits };
  const { connectionRate } = allLimits;
  const standing = new Standing();
  const activity = new Activity();
  const faults = new Faults(initialFaults, random);
  faults.onChange(() => {
    standing.end();
    activity.tell({ type: 'faults', data: faults.settings });
  });
  return {
    limits: allLimits,
    account: new TokenBucket(allLimits),
    newcomers: new TokenBucket({ rate: connectionRate, burst: connectionRate }),
    permissions: new Permissions(stacks),
    faults,
    activity,
    tracing: new Tracing(activity),
    standing,
    log,
  };
}
