import { parseArgs, type ParseArgsConfig } from 'node:util';
import { EVERYWHERE } from '../listen.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
interface Strict<T extends Options> {
  readonly args: string[];
  readonly strict: true;
  readonly allowNegative: true;
  readonly options: T;
}

/** The values of the flags in `args`. Throws one sentence for the person who typed them. */
export function readArguments<T extends Options>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<Strict<T>>>['values'] {
  try {
    return parseArgs({ args: prepared(args), strict: true, allowNegative: true, options }).values;
  } catch (error) {
    throw new Error(sentence(error), { cause: error });
  }
}

/** What `parseArgs` does not take as it is typed: a flag with a value that may be left out, and a value below 0. */
const prepared = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    if (arg === '--host') return `--host=${EVERYWHERE}`;
    const [before = '', after = ''] = [args[index - 1], args[index + 1]];
    if (isFlag(before) && isBelowZero(arg)) return [];
    return isFlag(arg) && isBelowZero(after) ? `${arg}=${after}` : arg;
  });

const isFlag = (arg: string): boolean => /^--[a-z-]+$/.test(arg) && arg !== '--host';
const isBelowZero = (arg: string): boolean => /^-\d/.test(arg);

/** Node.js explains itself in several lines, none of which names `--help`. */
function sentence(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const [, given = message] = /'([^' ,]+)/.exec(message) ?? [];
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no flag ${given}: --help tells which there are`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `${given} is not a flag: --help tells which there are`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return `${given} ${message.includes('does not take') ? 'takes no' : 'needs a'} value; --help tells more`;
    default:
      return message;
  }
}
