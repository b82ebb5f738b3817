import type { Construct } from 'constructs';

/** What `-c name=value`, or cdk.json, decides about a deployment. */
export interface Settings {
  /** Names the API's stage, and lets more than one deployment live in an account. */
  readonly stage: 'dev' | 'prod';
  /** Prefixes the names of the functions. */
  readonly stackName: string;
  /** The connections that a room lists at most [P24]. */
  readonly roomLimit: number;
  /** Frames a second that one connection may send, and as many at once [P26]. */
  readonly frameRate: number;
  readonly frameBurst: number;
  /** Requests a second that the stage takes from clients, and as many at once: half of what an account has. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Origins of pages that may connect besides the site's own [P25]. */
  readonly origins: readonly string[];
  /** Whether terminals may connect [P25]. */
  readonly terminals: boolean;
  /** Whose tokens let people in [P27]; without it nobody has to sign in. */
  readonly auth: { readonly issuer: string; readonly audience: string; readonly keys?: string } | undefined;
  /** Whether the API writes logs; it needs a role that an account has only once. */
  readonly apiLogs: boolean;
  /** Whether this stack makes that role the account's. */
  readonly apiLogsRole: boolean;
  /** A name of one's own for the API. */
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
  /** Whether X-Ray records a share of the invocations. */
  readonly tracing: boolean;
  /** How many instances a function may have at once; of the account's, shared, unless told. */
  readonly reservedConcurrency: number | undefined;
  /** Who is told when an alarm goes off. */
  readonly alarmEmail: string | undefined;
}

const NAME = 'hello-websocket';

/** All that `-c` knows. */
const NAMES = [
  'stage',
  'stackName',
  'roomLimit',
  'frameRate',
  'frameBurst',
  'rateLimit',
  'burstLimit',
  'origins',
  'terminals',
  'auth',
  'jwtIssuer',
  'jwtAudience',
  'jwtKeys',
  'apiLogs',
  'apiLogsRole',
  'domain',
  'certificateArn',
  'tracing',
  'reservedConcurrency',
  'alarmEmail',
] as const;
type Name = (typeof NAMES)[number];

/** A setting that cannot be; the message is for the person who typed it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Reads the settings. Throws a `SettingError`. */
export function readSettings(scope: Construct): Settings {
  refuseUnknown(scope);
  const stage = choice(scope, 'stage', ['dev', 'prod']);
  return {
    stage,
    stackName: text(scope, 'stackName') ?? (stage === 'dev' ? NAME : `${NAME}-${stage}`),
    roomLimit: whole(scope, 'roomLimit') ?? 200,
    frameRate: whole(scope, 'frameRate') ?? 100,
    frameBurst: whole(scope, 'frameBurst') ?? 200,
    throttle: {
      rateLimit: whole(scope, 'rateLimit') ?? 5000,
      burstLimit: whole(scope, 'burstLimit') ?? 2500,
    },
    origins: origins(scope),
    terminals: choice(scope, 'terminals', ['true', 'false']) === 'true',
    auth: auth(scope),
    apiLogs: flag(scope, 'apiLogs'),
    apiLogsRole: flag(scope, 'apiLogsRole'),
    domain: domain(scope),
    tracing: flag(scope, 'tracing'),
    reservedConcurrency: whole(scope, 'reservedConcurrency'),
    alarmEmail: text(scope, 'alarmEmail'),
  };
}

/** What looks like one of ours and is none was mistyped. CDK's own have dashes, colons or slashes in their names. */
function refuseUnknown(scope: Construct): void {
  const known: readonly string[] = NAMES;
  const context = Object.keys(scope.node.getAllContext() as Readonly<Record<string, unknown>>);
  const unknown = context.find((name) => /^[A-Za-z]+$/.test(name) && !known.includes(name));
  if (unknown !== undefined)
    throw new SettingError(`-c ${unknown} is no setting; these are: ${NAMES.join(', ')}`);
}

function origins(scope: Construct): readonly string[] {
  const all = text(scope, 'origins')?.split(',') ?? [];
  for (const origin of all) {
    if (URL.parse(origin)?.origin !== origin)
      throw new SettingError(
        `-c origins must be origins like https://chat.example.com, with commas between, not ${origin}`,
      );
  }
  return all;
}

function auth(scope: Construct): Settings['auth'] {
  if (choice(scope, 'auth', ['none', 'jwt']) === 'none') return undefined;
  const issuer = url(scope, 'jwtIssuer');
  const audience = text(scope, 'jwtAudience');
  const keys = url(scope, 'jwtKeys');
  if (issuer === undefined || audience === undefined)
    throw new SettingError('-c auth=jwt needs -c jwtIssuer=https://… and -c jwtAudience=…');
  return { issuer, audience, ...(keys !== undefined && { keys }) };
}

/** Where keys come from: by https, but on this machine, where there is nobody in between. */
function url(scope: Construct, name: Name): string | undefined {
  const value = text(scope, name);
  if (value === undefined || /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(value)) return value;
  throw new SettingError(`-c ${name} must begin with https://, not ${value}`);
}

function domain(scope: Construct): Settings['domain'] {
  const name = text(scope, 'domain');
  const certificateArn = text(scope, 'certificateArn');
  if (name === undefined && certificateArn === undefined) return undefined;
  if (name === undefined || certificateArn === undefined)
    throw new SettingError('-c domain and -c certificateArn are only of use together');
  return { name, certificateArn };
}

function text(scope: Construct, name: Name): string | undefined {
  const value: unknown = scope.node.tryGetContext(name);
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new SettingError(`-c ${name} must be a text`);
}

function whole(scope: Construct, name: Name): number | undefined {
  const value = text(scope, name);
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(value))
    throw new SettingError(`-c ${name} must be a whole number from 1 on, not ${value}`);
  return Number(value);
}

const flag = (scope: Construct, name: Name): boolean => choice(scope, name, ['false', 'true']) === 'true';

/** One of `values`, the first unless told. */
function choice<const T extends string>(scope: Construct, name: Name, values: readonly [T, ...T[]]): T {
  const value = text(scope, name) ?? values[0];
  const found = values.find((one) => one === value);
  if (found === undefined) throw new SettingError(`-c ${name} must be ${values.join(' or ')}, not ${value}`);
  return found;
}
