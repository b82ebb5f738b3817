import { readArguments } from '../local/cli/arguments.ts';
import { readDuration } from '../local/cli/runner-flags.ts';
import type { EndpointSettings } from './endpoint-settings.ts';

/** What the command was asked for. */
export interface Flags {
  readonly help: boolean;
  readonly slow: boolean;
  /** Rows to check; all when there are none. */
  readonly only: readonly string[];
  readonly json: string | undefined;
  readonly settings: EndpointSettings;
}

export const USAGE = `npm run conformance -- --url wss://… --management https://… [flags]

Asks an endpoint that has the handlers of infra/conformance what PARITY.md promises of API Gateway.

  --url URL              the WebSocket URL of the stage
  --management URL       its callback URL, without @connections
  --selection-url URL    of the API with $default and stage variables; else its rows are unknown
  --authorizer-url URL   of the API with an authorizer; else its rows are unknown
  --mapping-url URL      of the API with mapping templates; else its rows are unknown
  --signed-url URL       of the API with IAM on $connect; else its rows are unknown
  --region NAME          for the signature (the one in the host, else us-east-1)
  --json FILE            writes the findings as JSON too
  --only ROW             that row alone, as often as it is given
  --slow                 what takes minutes too: idle and longest time, a client that does not read
  --idle-timeout T       what the endpoint allows (10m)
  --max-duration T       what the endpoint allows (2h)
  --patience T           the longest to wait for an answer (15s)
  --help                 this text

T is a number with its unit: 500ms, 5s, 10m, 2h. Calls are signed with the credentials of AWS's default chain; the runner takes any.
It ends with 1 when something differs, with 2 when it was not asked properly.`;

/** Reads the command line. Throws an error whose message is for the person who typed it. */
export function readFlags(args: readonly string[]): Flags {
  const values = readArguments(args, {
    url: { type: 'string' },
    management: { type: 'string' },
    'selection-url': { type: 'string' },
    'authorizer-url': { type: 'string' },
    'mapping-url': { type: 'string' },
    'signed-url': { type: 'string' },
    region: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    slow: { type: 'boolean', default: false },
    'idle-timeout': { type: 'string', default: '10m' },
    'max-duration': { type: 'string', default: '2h' },
    patience: { type: 'string', default: '15s' },
    help: { type: 'boolean', default: false },
  });
  const { help, slow, only, json } = values;
  const managementUrl = help ? '' : readUrl('--management', values.management, ['http:', 'https:']);
  const webSocketUrl = (flag: string, text: string | undefined): string =>
    readUrl(flag, text, ['ws:', 'wss:']);
  const optional = (name: 'selection' | 'authorizer' | 'mapping' | 'signed'): string | undefined => {
    const flag = `${name}-url` as const;
    return values[flag] === undefined ? undefined : webSocketUrl(`--${flag}`, values[flag]);
  };
  return {
    help,
    slow,
    only,
    json,
    settings: {
      url: help ? '' : webSocketUrl('--url', values.url),
      managementUrl,
      selectionUrl: optional('selection'),
      authorizerUrl: optional('authorizer'),
      mappingUrl: optional('mapping'),
      signedUrl: optional('signed'),
      region: values.region ?? /\.execute-api\.([^.]+)\./.exec(managementUrl)?.[1] ?? 'us-east-1',
      patienceMs: readDuration('--patience', values.patience),
      idleTimeoutMs: readDuration('--idle-timeout', values['idle-timeout']),
      maxDurationMs: readDuration('--max-duration', values['max-duration']),
    },
  };
}

function readUrl(flag: string, text: string | undefined, protocols: readonly string[]): string {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new Error(`${flag} must be a URL of ${protocols.join(' or ')}, not ${text ?? 'nothing'}`);
  return url.href.replace(/\/$/, '');
}
