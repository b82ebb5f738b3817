import type { FaultSettings } from '../local/gateway/fault-settings.ts';
import type { Limits } from '../local/limits.ts';
import { start } from '../local/start.ts';

export interface StageOptions {
  /** The folder of the synthesized stack. */
  readonly assembly: string;
  readonly limits: Partial<Limits>;
  readonly faults: Partial<FaultSettings>;
  readonly random: () => number;
}

/** The stack on the runner. */
export interface Stage {
  readonly url: string;
  /** Drops every socket without a close frame. */
  dropAll(): Promise<void>;
  /** Ends the runner, whose table is in memory, and starts another in its place after so many milliseconds. */
  restart(afterMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Runs the stack, with what goes wrong on purpose. */
export async function startStage(options: StageOptions): Promise<Stage> {
  let runner = await start({ ...options, port: 0 });
  const { port } = runner;
  const url = runner.endpoints[0]?.webSocketUrl;
  if (url === undefined) throw new Error('the stack has no stage');
  return {
    url,
    async dropAll() {
      const body = JSON.stringify({ dropNow: true });
      await fetch(`http://127.0.0.1:${port}/_local/faults`, { method: 'POST', body });
    },
    async restart(afterMs) {
      await runner.stop();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      runner = await start({ ...options, port });
    },
    stop: () => runner.stop(),
  };
}
