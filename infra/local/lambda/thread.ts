import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { COMPILE_CACHE } from '../compile-cache.ts';
import type { Tables } from '../dynamodb/short-cut.ts';
import type { Logger } from '../log.ts';
import type { Connections } from './connections.ts';
import type { Destinations } from './destinations.ts';
import { environmentOf } from './environment.ts';
import type { LambdaFunction } from './function.ts';
import type { WorkerSetup } from './messages.ts';
import { withoutPreloads } from './preloads.ts';

/** What an instance needs of the runner. */
export interface Surroundings {
  readonly destinations: Destinations;
  readonly log: Logger;
  /** Where calls to `@connections` and to the tables go past HTTP; what is missing is reached by HTTP. */
  readonly connections?: Connections;
  readonly tables?: () => Tables | undefined;
  /** How long a function may take to load, where it is not as on AWS. */
  readonly loadLimitMs?: number;
}

/** A handler's garbage is short-lived: V8's default of 48 MB for it, in each thread, is memory and no speed. */
const YOUNG_MB = 8;

/** The thread of an instance, with the runner's ends of what leads to it. */
export interface Thread {
  readonly worker: Worker;
  /** Takes invocations. */
  readonly inbox: MessagePort;
  /** Takes the answers to its calls of `@connections`. */
  readonly answers: MessagePort;
}

/** Starts a thread that loads the function and then waits for its turn, which `turns` tells. */
export function startThread(
  lambda: LambdaFunction,
  { destinations, connections, tables }: Surroundings,
  turns: SharedArrayBuffer,
): Thread {
  const inbox = new MessageChannel();
  const answers = new MessageChannel();
  const toTables = tables?.();
  const workerData: WorkerSetup = {
    handler: lambda.handler,
    code: lambda.code,
    layers: lambda.layers,
    nodeVersion: lambda.nodeVersion,
    arn: lambda.arn,
    destinations,
    inbox: inbox.port2,
    shortCuts: {
      ...(connections && {
        connections: { answers: answers.port2, standing: connections.standing.shared },
      }),
      ...(toTables && { tables: toTables }),
    },
    turns,
    timeoutMs: lambda.timeoutMs,
    nodeOptions: lambda.environment['NODE_OPTIONS'],
  };
  const environment = environmentOf(lambda);
  const worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
    name: lambda.name,
    env: {
      ...environment,
      NODE_OPTIONS: withoutPreloads(environment['NODE_OPTIONS'] ?? ''),
      NODE_COMPILE_CACHE: COMPILE_CACHE,
    },
    execArgv: ['--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: lambda.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB },
    transferList: [inbox.port2, answers.port2, ...(toTables ? [toTables.calls] : [])],
    workerData,
  });
  return { worker, inbox: inbox.port1, answers: answers.port1 };
}
