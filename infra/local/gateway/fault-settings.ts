/** What goes wrong on purpose (PARITY X1 to X9). All of it is 0, and so off, until somebody asks for it. */
export interface FaultSettings {
  /** Chance that a message drops its sender's socket, without a close frame, in place of being routed. */
  readonly drop: number;
  /** Chance that a message is refused as throttled. */
  readonly throttle: number;
  /** Chance that `$disconnect` is never called for a connection that ended. */
  readonly loseDisconnect: number;
  /** Chance that a call of `@connections` takes the client's socket away and answers 410. */
  readonly gone: number;
  /** Chance that such a call is answered with 429. */
  readonly limitExceeded: number;
  /** Chance that such a call is answered with 500. */
  readonly internalError: number;
  /** Chance that such a call is never answered. */
  readonly hang: number;
  /** Milliseconds that every post waits before it goes to the client. */
  readonly delayMs: number;
  /** Up to this many milliseconds more, at random. */
  readonly jitterMs: number;
  /** Chance that a post goes out after those that follow it at once. */
  readonly reorder: number;
  /** Chance that a post goes out twice. */
  readonly duplicate: number;
}
export type FaultName = keyof FaultSettings;

export const NO_FAULTS: FaultSettings = {
  drop: 0,
  throttle: 0,
  loseDisconnect: 0,
  gone: 0,
  limitExceeded: 0,
  internalError: 0,
  hang: 0,
  delayMs: 0,
  jitterMs: 0,
  reorder: 0,
  duplicate: 0,
};

const LONGEST_MS = 60_000;
const mostOf = (name: FaultName): number => (name === 'delayMs' || name === 'jitterMs' ? LONGEST_MS : 1);
const isFault = (name: string): name is FaultName => Object.hasOwn(NO_FAULTS, name);

/** Reads some of the settings. Throws an error, whose message is for whoever wrote them, unless all of it is right. */
export function readFaults(value: Readonly<Record<string, unknown>>): Partial<FaultSettings> {
  const settings: Partial<Record<FaultName, number>> = {};
  for (const [name, setting] of Object.entries(value)) {
    if (!isFault(name))
      throw new Error(`there is no fault ${name}: there are ${Object.keys(NO_FAULTS).join(', ')}`);
    const most = mostOf(name);
    if (typeof setting !== 'number' || !(setting >= 0 && setting <= most))
      throw new Error(`${name} must be a number from 0 to ${most}`);
    settings[name] = setting;
  }
  return settings;
}

/** Reads one setting as it is typed: `name=value`. */
export function readFault(text: string): Partial<FaultSettings> {
  const [, name = '', value = ''] = /^(\w+)=(\S+)$/.exec(text) ?? [];
  if (name === '') throw new Error(`a fault is written name=value, not ${text || 'nothing'}`);
  return readFaults({ [name]: Number(value) });
}
