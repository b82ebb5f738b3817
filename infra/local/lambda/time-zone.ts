import type { LambdaFunction } from './function.ts';

const UTC = 'UTC';

/** Without the colon that Lambda's own `:UTC` begins with. */
const zoneOf = ({ environment }: LambdaFunction): string =>
  (environment['TZ'] ?? UTC).replace(/^:/, '') || UTC;

/**
 * Puts this process, of which the functions are threads, into their time zone, where they agree on one; else they stay in UTC, with a
 * warning for each whose `TZ` is another (PARITY L6). `restore` undoes it.
 */
export function enterTimeZone(functions: readonly LambdaFunction[]): {
  readonly warnings: readonly string[];
  readonly restore: () => void;
} {
  const zones = new Set(functions.map(zoneOf));
  const [only = UTC] = zones;
  const zone = zones.size > 1 ? UTC : only;
  const before = process.env['TZ'];
  if (zone !== UTC) process.env['TZ'] = zone;
  const others = functions.filter((one) => zoneOf(one) !== zone).map(({ logicalId }) => logicalId);
  return {
    warnings: [...new Set(others)].map(
      (logicalId) =>
        `${logicalId}: not all functions have its TZ, and all are one process here: its dates are in UTC`,
    ),
    restore: () => {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    },
  };
}
