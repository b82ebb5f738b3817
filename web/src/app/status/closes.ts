import type { Lived } from '../connection/life.ts';
import { LIMITS } from '../connection/options.ts';
import type { Credential } from '../connection/pass.ts';

/** What decides how a close is to be read. */
export interface Circumstances {
  /** How old the connection was, and how long nothing had passed over it; absent when it is not known. */
  readonly lived?: Lived | undefined;
  /** The limits that the server keeps, in milliseconds; API Gateway's own unless told. */
  readonly limits?: { readonly idleTimeoutMs: number; readonly maxDurationMs: number } | undefined;
  /** What handshakes have to bring here. */
  readonly asks?: readonly Credential[];
  /** In which language durations are written (BCP 47). */
  readonly locale?: string | undefined;
}

/** A limit counts as reached this share of it before: clocks differ, and a close travels. */
const NEARLY = 0.95;

/** Says why a connection was closed, as API Gateway uses the codes; infra/local/PARITY.md has the sources. */
export function closeInWords(code: number, reason: string, circumstances: Circumstances = {}): string {
  const why = meaningOf(code, circumstances);
  return reason === ''
    ? $localize`${why}:why: (code ${code}:code:).`
    : $localize`${why}:why: (code ${code}:code:, ${reason}:reason:).`;
}

function meaningOf(code: number, circumstances: Circumstances): string {
  switch (code) {
    // M12, D1
    case 1000:
      return $localize`The connection was closed in good order: by the server, or with DELETE through @connections`;
    // Q7, Q8
    case 1001:
      return goingAway(circumstances);
    // D4
    case 1002:
      return $localize`API Gateway closed it: what arrived there was not WebSocket’s protocol`;
    // Q6
    case 1003:
      return $localize`API Gateway closed it: it takes no binary frames`;
    case 1005:
      return $localize`The connection was closed, and no code was given`;
    // D2
    case 1006:
      return $localize`The connection broke off without a goodbye: the network or the server went away`;
    // Q12
    case 1007:
      return $localize`API Gateway closed it: a text was not UTF-8`;
    case 1008:
      return $localize`The server closed it: something was against its rules`;
    // Q2, Q3
    case 1009:
      return $localize`API Gateway closed it: a frame was larger than 32 KB, or a message than 128 KB`;
    case 1011:
      return $localize`The server failed`;
    case 1012:
      return $localize`The server is restarting`;
    case 1013:
      return $localize`The server has too much to do`;
    default:
      return $localize`The server closed it`;
  }
}

/** 1001 stands for either limit, and only what was seen of the connection tells which. */
function goingAway({ lived, limits = LIMITS, locale }: Circumstances): string {
  const idle = duration(limits.idleTimeoutMs, locale);
  const old = duration(limits.maxDurationMs, locale);
  if (lived && lived.ageMs >= limits.maxDurationMs * NEARLY) {
    return $localize`API Gateway closed it: open for ${old}:duration:`;
  }
  if (lived && lived.idleMs >= limits.idleTimeoutMs * NEARLY) {
    return $localize`API Gateway closed it: idle for ${idle}:duration:`;
  }
  if (lived) return $localize`The server went away`;
  return $localize`API Gateway closed it: idle for ${idle}:idle:, or open for ${old}:open:`;
}

const UNITS = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A length of time in its largest whole unit. */
function duration(ms: number, locale = 'en'): string {
  const [unit, size] = UNITS.find(([, its]) => ms % its === 0) ?? ['second', 1000];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(ms / size);
}
