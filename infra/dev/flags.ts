import type { Context } from './synthesize.ts';
import { readArguments } from '../local/cli/arguments.ts';
import {
  readPort,
  readRunnerFlags,
  RUNNER_OPTIONS,
  RUNNER_USAGE,
  type RunnerFlags,
} from '../local/cli/runner-flags.ts';

/** What `npm start` was asked for. */
export interface Flags extends RunnerFlags {
  /** Port of the WebSocket API; 0 picks a free one. */
  readonly port: number;
  /** Port of the page; 0 picks a free one. */
  readonly webPort: number;
  /** Whether to serve the page at all. */
  readonly web: boolean;
  /** Whether to serve what is built, as CloudFront would, and not what the development server makes of the sources. */
  readonly production: boolean;
  /** Settings of the stack, as `cdk -c` takes them. */
  readonly context: Context;
  readonly help: boolean;
}

export const USAGE = `npm start -- [flags]

  --port N                 port of the WebSocket API (3001; 0 picks a free one)
  --web-port N             port of the page (4200; 0 picks a free one)
  --no-web                 the API alone
  --production             the page as npm run build has built it, under the headers that it is deployed with
  -c, --context name=value a setting of the stack, as for npm run deploy; as often as it is given
${RUNNER_USAGE}`;

/** Reads the command line. Throws an error whose message is for the person who typed it. */
export function readFlags(args: readonly string[]): Flags {
  const values = readArguments(args, {
    port: { type: 'string', default: '3001' },
    'web-port': { type: 'string', default: '4200' },
    web: { type: 'boolean', default: true },
    production: { type: 'boolean', default: false },
    context: { type: 'string', short: 'c', multiple: true, default: [] },
    ...RUNNER_OPTIONS,
    help: { type: 'boolean', default: false },
  });
  return {
    ...readRunnerFlags(values),
    port: readPort('--port', values.port),
    webPort: readPort('--web-port', values['web-port']),
    web: values.web,
    production: values.production,
    context: Object.fromEntries(values.context.map(readContext)),
    help: values.help,
  };
}

function readContext(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new Error(`-c must be name=value, not ${text || 'nothing'}`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}
