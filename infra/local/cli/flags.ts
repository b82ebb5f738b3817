import { existsSync } from 'node:fs';
import type { Variables } from '../lambda/function.ts';
import type { GivenParameters } from '../template/stacks.ts';
import { readArguments } from './arguments.ts';
import { readPort, readRunnerFlags, RUNNER_OPTIONS, RUNNER_USAGE, type RunnerFlags } from './runner-flags.ts';

/** What the command was asked for. */
export interface Flags extends RunnerFlags {
  /** The folder that `cdk synth` wrote, or a template file. */
  readonly assembly: string;
  readonly port: number;
  /** Undefined when sites are not to be served. */
  readonly sitePort: number | undefined;
  readonly parameters: GivenParameters;
  /** For the environment of every function. */
  readonly variables: Variables;
  readonly help: boolean;
}

export const USAGE = `hello-websocket-local [--assembly DIR | --template FILE] [flags]

  --assembly DIR           the folder that cdk synth writes, or that of one stage inside it (cdk.out)
  --template FILE          a template of CloudFormation or SAM, in YAML or JSON, and the code beside it:
                           template.yaml, or .aws-sam/build/template.yaml after sam build
  --port N                 port of the first WebSocket API (3001; 0 picks a free one)
  --site-port N            port of the first site, a CloudFront distribution before a bucket with files
                           (4200; 0 picks a free one)
  --no-site                no site
  --parameter Name=Value   a parameter of the stacks, or of one: Stack:Name=Value; as often as it is given
  --env NAME=value         a variable of every function, over that of the template; as often as it is given
${RUNNER_USAGE}`;

const DEFAULT_ASSEMBLY = 'cdk.out';

/** For people who typed no flag at all. */
export function refuseMissing({ assembly }: Pick<Flags, 'assembly'>): void {
  if (assembly !== DEFAULT_ASSEMBLY || existsSync(assembly)) return;
  throw new Error(
    `There is no ${assembly} here: --assembly names the folder that cdk synth writes, --template a template; --help tells more`,
  );
}

/** Reads the command line. Throws an error whose message is for the person who typed it. */
export function readFlags(args: readonly string[]): Flags {
  const values = readArguments(args, {
    assembly: { type: 'string' },
    template: { type: 'string' },
    port: { type: 'string', default: '3001' },
    'site-port': { type: 'string', default: '4200' },
    site: { type: 'boolean', default: true },
    parameter: { type: 'string', multiple: true, default: [] },
    env: { type: 'string', multiple: true, default: [] },
    ...RUNNER_OPTIONS,
    help: { type: 'boolean', default: false },
  });
  if (values.assembly !== undefined && values.template !== undefined) {
    throw new Error('--assembly and --template cannot be given both');
  }
  return {
    ...readRunnerFlags(values),
    assembly: values.template ?? values.assembly ?? DEFAULT_ASSEMBLY,
    port: readPort('--port', values.port),
    sitePort: values.site ? readPort('--site-port', values['site-port']) : undefined,
    parameters: Object.fromEntries(values.parameter.map(pairOf('--parameter', 'Name=Value'))),
    variables: Object.fromEntries(values.env.map(pairOf('--env', 'NAME=value'))),
    help: values.help,
  };
}

const pairOf =
  (flag: string, form: string) =>
  (text: string): [name: string, value: string] => {
    const equals = text.indexOf('=');
    if (equals < 1) throw new Error(`${flag} must be ${form}, not ${text || 'nothing'}`);
    return [text.slice(0, equals), text.slice(equals + 1)];
  };
