import type { Properties } from '../template/properties.ts';
import { isRecord, TemplateError } from '../template/values.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

/** What a stage allows its routes; where it says nothing the account's own rate is the limit (PARITY Q14). */
export interface StageThrottling {
  readonly everyRoute: Partial<Rate>;
  readonly byRoute: ReadonlyMap<string, Partial<Rate>>;
}

const SETTINGS = { rate: 'ThrottlingRateLimit', burst: 'ThrottlingBurstLimit' } as const;

/** Reads `DefaultRouteSettings` and `RouteSettings` of a stage. */
export function readThrottling(logicalId: string, stage: Properties): StageThrottling {
  const routes = stage.inside('RouteSettings');
  const written = stage.raw('RouteSettings');
  const keys = isRecord(written) ? Object.keys(written) : [];
  return {
    everyRoute: readRate(logicalId, stage.inside('DefaultRouteSettings')),
    byRoute: new Map(keys.map((key) => [key, readRate(logicalId, routes.inside(key))])),
  };
}

function readRate(logicalId: string, settings: Properties): Partial<Rate> {
  const [rate, burst] = [settings.optionalNumber(SETTINGS.rate), settings.optionalNumber(SETTINGS.burst)];
  for (const [name, limit] of [
    [SETTINGS.rate, rate],
    [SETTINGS.burst, burst],
  ] as const) {
    if (limit !== undefined && limit < 0) throw new TemplateError(`${logicalId}: ${name} is less than 0`);
  }
  return { ...(rate !== undefined && { rate }), ...(burst !== undefined && { burst }) };
}

/** A limit that is 0 refuses everything, which is seldom what was meant (PARITY Q15). */
export function throttlingWarnings(
  logicalId: string,
  { everyRoute, byRoute }: StageThrottling,
): readonly string[] {
  const all: [place: string, rate: Partial<Rate>][] = [['DefaultRouteSettings', everyRoute]];
  for (const [key, rate] of byRoute) all.push([`RouteSettings of ${key}`, rate]);
  return all.flatMap(([place, rate]) =>
    (['rate', 'burst'] as const)
      .filter((name) => rate[name] === 0)
      .map((name) => `${logicalId}: ${SETTINGS[name]} in ${place} is 0: its requests are answered with 429`),
  );
}

/** The buckets of one stage, one for each route (PARITY Q13), in front of the one that the account shares. */
export class Throttle {
  readonly #settings: StageThrottling;
  readonly #account: TokenBucket;
  readonly #accountRate: Rate;
  readonly #now: (() => number) | undefined;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(settings: StageThrottling, accountRate: Rate, account: TokenBucket, now?: () => number) {
    this.#settings = settings;
    this.#accountRate = accountRate;
    this.#account = account;
    this.#now = now;
  }

  /** Whether a request for the route may go on. */
  admits(routeKey: string): boolean {
    return this.#bucketOf(routeKey).take() && this.#account.take();
  }

  #bucketOf(routeKey: string): TokenBucket {
    const known = this.#buckets.get(routeKey);
    if (known !== undefined) return known;
    const { everyRoute, byRoute } = this.#settings;
    const rate = { ...this.#accountRate, ...everyRoute, ...byRoute.get(routeKey) };
    // A limit of 0 is none at all, whatever the other allows.
    const usable = rate.rate === 0 ? { rate: 0, burst: 0 } : rate;
    const bucket = new TokenBucket(usable, this.#now);
    this.#buckets.set(routeKey, bucket);
    return bucket;
  }
}
