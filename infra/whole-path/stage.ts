import { randomUUID } from 'node:crypto';
import type { Runner, StartOptions } from '../local/runner.ts';
import { start } from '../local/start.ts';
import { assembly, SYNTHESIS_MS } from './assembly.ts';
import { patiently } from './patience.ts';

/** The stack's one stage, running on this machine. */
export interface Stage {
  readonly runner: Runner;
  readonly url: string;
  readonly managementUrl: string;
  /** Everything that the runner and the functions have logged so far. */
  readonly logged: string[];
}

/** Runs the stack, or another assembly of it. */
export async function startStage(options: Partial<StartOptions> = {}): Promise<Stage> {
  const logged: string[] = [];
  const log = (line: string): void => void logged.push(line);
  const runner = await start({ assembly: await assembly(), log, ...options });
  const [endpoint] = runner.endpoints;
  if (endpoint === undefined) throw new Error('the stack has no stage');
  return { runner, url: endpoint.webSocketUrl, managementUrl: endpoint.managementUrl, logged };
}

/** One stage for a whole suite; ask for it inside of specs. Each spec takes a room of its own. */
export function stageForSuite(make: () => Promise<Stage> = startStage): () => Stage {
  patiently();
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await make();
  }, SYNTHESIS_MS);
  afterAll(() => stage?.runner.stop());
  return () => {
    if (stage === undefined) throw new Error('the stage did not start');
    return stage;
  };
}

/** A room that nobody else is in. */
export const newRoom = (): string => `room-${randomUUID()}`;
