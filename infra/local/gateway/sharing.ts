import type { Limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import type { Faults } from './faults.ts';
import type { Activity } from './local/activity.ts';
import type { Tracing } from './local/tracing.ts';
import type { Permissions } from './permissions.ts';
import type { Invoke } from './invoke.ts';
import type { Standing } from './standing.ts';
import type { TokenBucket } from './token-bucket.ts';

/** What a gateway shares with the others of the runner. */
export interface Sharing {
  readonly invoke: Invoke;
  readonly dynamodbPort: number;
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
