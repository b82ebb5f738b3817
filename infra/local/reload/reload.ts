import { findFunction, type LambdaFunction, type Variables } from '../lambda/function.ts';
import type { Pool } from '../lambda/pool.ts';
import type { Logger } from '../log.ts';
import type { Stack } from '../template/stack.ts';
import { needsRestart } from './needs-restart.ts';
import { RunningFunctions } from './running-functions.ts';
import { watchPath } from './watch-path.ts';

export interface ReloadOptions {
  /** The stacks that run. */
  readonly stacks: readonly Stack[];
  /** The functions that run, by ARN. */
  readonly pools: ReadonlyMap<string, Pool>;
  /** The file that whoever writes the stacks writes last. */
  readonly written: string;
  /** Reads the stacks as they are now. */
  readonly read: () => Promise<readonly Stack[]>;
  /** What stands in the environment of every function over its own. */
  readonly variables: Variables;
  readonly log: Logger;
}

/**
 * Watches the code of the functions and the stacks that they are of, and gives new events to what is written there.
 * What else has changed in a stack is said: it needs a restart. Resolves, when it watches, to what ends it.
 */
export async function reloadOnChange({
  stacks,
  pools,
  written,
  read,
  variables,
  log,
}: ReloadOptions): Promise<() => Promise<void>> {
  const functions = new RunningFunctions(pools, log);
  await functions.watch();
  const reread = async (): Promise<void> => {
    try {
      const now = await read();
      const restart = needsRestart(stacks, now);
      const found = [...pools.keys()].flatMap((arn): [string, LambdaFunction][] => {
        const lambda = findFunction(now, arn, variables);
        return lambda === undefined ? [] : [[arn, lambda]];
      });
      await functions.take(new Map(found));
      if (restart.length > 0) log(`WARNING restart to run what has changed: ${restart.join(', ')}`);
    } catch (error) {
      // What runs goes on; the next time that it is written may mend it.
      log(`WARNING not reloaded: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const unwatch = await watchPath(written, () => void reread(), log);
  return async () => {
    await unwatch();
    await functions.stop();
  };
}
