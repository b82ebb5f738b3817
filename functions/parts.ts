import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Registry } from './connections.ts';
import { counted } from './counted-delivery.ts';
import { Delivery } from './delivery.ts';
import { Directory } from './directory.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { FrameRate } from './frame-rate.ts';
import { createGatewayClient } from './gateway-client.ts';
import { createLog, type Log, writeLine } from './log.ts';
import { type Count, createCount } from './metrics.ts';
import { Presence } from './presence.ts';
import { Sessions } from './sessions.ts';
import { Table } from './table.ts';

/** The SDK's clients, with ends to calls that hang: the function must still have time to say so. */
const createClients = () => ({
  database: new DynamoDBClient({
    // The steps of a command are put together once, not at each call.
    cacheMiddleware: true,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  }),
  gateway: createGatewayClient(),
});

/** What the parts take from the machine. */
interface Outside {
  readonly now?: () => number;
  /** What takes lines of the log, and of metrics. */
  readonly write?: (line: string) => void;
  readonly print?: (line: string) => void;
}

/** Puts the parts together. */
export function createParts(
  { tableName, roomLimit, build, functionName, stackName, doors, frameRate }: Environment,
  { database, gateway } = createClients(),
  { now = Date.now, write = writeLine, print = writeLine }: Outside = {},
) {
  const count = createCount(stackName, print, now);
  const log = counting(createLog(functionName, write, now), count);
  const table = new Table(database, tableName, now);
  const registry = new Registry(table);
  const sessions = new Sessions(table);
  const directory = new Directory(registry, now);
  const delivery = counted(new Delivery(gateway), count);
  const presence = new Presence({ registry, sessions, directory, delivery, log, count });
  const frames = new FrameRate(frameRate, now);
  return { registry, sessions, directory, presence, log, roomLimit, build, doors, frames, count, now };
}

/** A log whose faults are counted: Lambda counts none that a function has caught. */
const counting = (log: Log, count: Count): Log => ({
  ...log,
  fault(message, event, error) {
    count('Faults');
    log.fault(message, event, error);
  },
});

/** Built once, while the function's instance starts, so that a missing setting shows there and not in a frame. */
export const parts = createParts(readEnvironment(process.env));
