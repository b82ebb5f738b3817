import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { type FaultSettings, NO_FAULTS, readFault } from '../gateway/fault-settings.ts';
import type { Limits } from '../limits.ts';

/** What every command that starts the runner can be told about it. */
export interface RunnerFlags {
  readonly limits: Partial<Limits>;
  readonly faults: Partial<FaultSettings>;
  /** The folder to keep the tables in. */
  readonly data?: string;
  /** A further address to be reached at. */
  readonly host?: string;
}

/** The flags for it, as `parseArgs` takes them. */
export const RUNNER_OPTIONS = {
  'idle-timeout': { type: 'string' },
  'max-duration': { type: 'string' },
  'integration-timeout': { type: 'string' },
  rate: { type: 'string' },
  burst: { type: 'string' },
  'connection-rate': { type: 'string' },
  fault: { type: 'string', multiple: true, default: [] as string[] },
  data: { type: 'string' },
  host: { type: 'string' },
} as const;

/** Their lines in a help text. */
export const RUNNER_USAGE = `  --idle-timeout T         close a connection without traffic after T (10m)
  --max-duration T         close every connection after T (2h)
  --integration-timeout T  give up on a function after T (29s)
  --rate N                 requests a second that the account may make (10000)
  --burst N                requests that it may make at once (5000)
  --connection-rate N      connections that may be opened a second (500)
  --data DIR               keep the tables in DIR (in memory: gone when it ends)
  --host, --host=ADDRESS   let others reach it, by every address of this machine or by this one:
                           all but /_local and @connections, and without a sign-in
  --fault NAME=N           something that goes wrong, as often as it is given; POST /_local/faults
                           changes it while it runs
  --help                   this text

T is a number with its unit: 500ms, 5s, 10m, 2h.
A fault is a chance from 0 to 1, or milliseconds: ${Object.keys(NO_FAULTS).join(', ')}.`;

/** Reads what `parseArgs` has found of them. Throws an error whose message is for the person who typed it. */
export function readRunnerFlags(
  values: Readonly<Partial<Record<Exclude<keyof typeof RUNNER_OPTIONS, 'fault'>, string | undefined>>> & {
    readonly fault: readonly string[];
  },
): RunnerFlags {
  const idleTimeoutMs = readDuration('--idle-timeout', values['idle-timeout']);
  const maxDurationMs = readDuration('--max-duration', values['max-duration']);
  const integrationTimeoutMs = readDuration('--integration-timeout', values['integration-timeout']);
  const rate = readCount('--rate', values.rate);
  const burst = readCount('--burst', values.burst);
  const connectionRate = readCount('--connection-rate', values['connection-rate']);
  return {
    faults: Object.assign({}, ...values.fault.map(readFaultFlag)) as Partial<FaultSettings>,
    ...(values.data !== undefined && { data: readFolder('--data', values.data) }),
    ...(values.host !== undefined && { host: readHost(values.host) }),
    limits: {
      ...(idleTimeoutMs !== undefined && { idleTimeoutMs }),
      ...(maxDurationMs !== undefined && { maxDurationMs }),
      ...(integrationTimeoutMs !== undefined && { integrationTimeoutMs }),
      ...(rate !== undefined && { rate }),
      ...(burst !== undefined && { burst }),
      ...(connectionRate !== undefined && { connectionRate }),
    },
  };
}

/** A port, 0 included. */
export function readPort(flag: string, text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`${flag} must be a port from 0 to 65535, not ${text || 'nothing'}`);
  return port;
}

function readFaultFlag(text: string): Partial<FaultSettings> {
  try {
    return readFault(text);
  } catch (error) {
    throw new Error(`--fault: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function readCount(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Error(`${flag} must be a whole number from 1, not ${text || 'nothing'}`);
  return Number(text);
}

function readHost(text: string): string {
  if (isIPv4(text)) return text;
  throw new Error(`--host must be an IPv4 address of this machine, or stand alone, not ${text || 'nothing'}`);
}

function readFolder(flag: string, text: string): string {
  if (text.trim() === '') throw new Error(`${flag} must be a folder, not nothing`);
  // npm runs its scripts in the package's folder, whatever folder they were called in.
  return resolve(process.env['INIT_CWD'] ?? '.', text);
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const isUnit = (unit: string): unit is keyof typeof UNITS => Object.hasOwn(UNITS, unit);
/** A timer of Node.js takes no more, and would go off at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A duration in milliseconds, of a text such as `500ms` or `10m`. */
export function readDuration(flag: string, text: string): number;
export function readDuration(flag: string, text: string | undefined): number | undefined;
export function readDuration(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(text) ?? [];
  const duration = isUnit(unit) ? Number(amount) * UNITS[unit] : 0;
  if (duration <= 0 || duration > LONGEST_MS) {
    throw new Error(`${flag} must be a duration such as 500ms, 5s, 10m or 2h, not ${text || 'nothing'}`);
  }
  return duration;
}
