import type { LambdaFunction } from '../lambda/function.ts';
import { findModule } from '../lambda/load-handler.ts';
import type { Pool } from '../lambda/pool.ts';
import type { Logger } from '../log.ts';
import { watchPath } from './watch-path.ts';

/** Keeps functions that run at the code that lies in their folders. Sockets and tables know nothing of it. */
export class RunningFunctions {
  readonly #pools: ReadonlyMap<string, Pool>;
  readonly #log: Logger;
  /** What ends the watch of each folder. */
  readonly #watches = new Map<string, Promise<() => Promise<void>>>();
  #stopped = false;

  constructor(pools: ReadonlyMap<string, Pool>, log: Logger) {
    this.#pools = pools;
    this.#log = log;
  }

  /** Watches the folder of each function. */
  async watch(): Promise<void> {
    if (this.#stopped) return;
    const folders = new Set([...this.#pools.values()].map(({ lambda }) => lambda.code));
    for (const [folder, watch] of this.#watches) {
      if (folders.has(folder)) continue;
      this.#watches.delete(folder);
      await (
        await watch
      )();
    }
    for (const folder of folders) {
      if (!this.#watches.has(folder)) {
        this.#watches.set(
          folder,
          watchPath(folder, () => this.#changed(folder), this.#log),
        );
      }
    }
    await Promise.all(this.#watches.values());
  }

  /** Takes functions as they are now, by ARN. */
  async take(functions: ReadonlyMap<string, LambdaFunction>): Promise<void> {
    for (const [arn, lambda] of functions) {
      const pool = this.#pools.get(arn);
      if (pool !== undefined && JSON.stringify(pool.lambda) !== JSON.stringify(lambda)) pool.replace(lambda);
    }
    await this.watch();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const watch of this.#watches.values()) await (await watch)();
  }

  #changed(folder: string): void {
    for (const pool of this.#pools.values()) {
      const { lambda } = pool;
      // A build that begins by taking away what is there is not at its end.
      if (lambda.code === folder && findModule(folder, lambda.handler) !== undefined) pool.replace(lambda);
    }
  }
}
