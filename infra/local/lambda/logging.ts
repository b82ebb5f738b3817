import type { Properties } from '../template/properties.ts';

/** Where a function's log goes and what of it is kept. */
export interface Logging {
  readonly group: string;
  /** The least severe level that is kept; only logs in JSON have levels. */
  readonly level?: string;
}

/** Reads `LoggingConfig` (PARITY L36). */
export function readLogging(name: string, properties: Properties): Logging {
  const config = properties.inside('LoggingConfig');
  const group = config.optionalText('LogGroup') ?? `/aws/lambda/${name}`;
  const level = config.optionalText('ApplicationLogLevel') ?? 'INFO';
  return config.optionalText('LogFormat') === 'JSON' ? { group, level } : { group };
}

/** As a function sees it. */
export const variablesOf = ({ group, level }: Logging): Readonly<Record<string, string>> => ({
  AWS_LAMBDA_LOG_GROUP_NAME: group,
  ...(level !== undefined && { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: level }),
});

/** From the least severe on. */
const LEVELS = [
  { level: 'TRACE', methods: ['trace'] },
  { level: 'DEBUG', methods: ['debug'] },
  { level: 'INFO', methods: ['log', 'info'] },
  { level: 'WARN', methods: ['warn'] },
  { level: 'ERROR', methods: ['error'] },
] as const;

/** In a worker: silences the methods of `console` that are less severe than this level. */
export function silenceConsole(level: string | undefined): void {
  const kept = level === 'FATAL' ? LEVELS.length : LEVELS.findIndex((one) => one.level === level);
  for (const { methods } of LEVELS.slice(0, Math.max(kept, 0)))
    for (const method of methods) console[method] = () => undefined;
}
