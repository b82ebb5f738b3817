/** What can be made to go wrong, as the runner calls it: infra/local/PARITY.md, X1 to X9. Chances from 0 to 1, or milliseconds. */
export const FAULTS = [
  'drop',
  'loseDisconnect',
  'throttle',
  'gone',
  'limitExceeded',
  'internalError',
  'hang',
  'delayMs',
  'jitterMs',
  'reorder',
  'duplicate',
] as const;
export type Fault = (typeof FAULTS)[number];
export type FaultSettings = Readonly<Record<Fault, number>>;

/** Whether a fault is measured in milliseconds; the others are chances. */
export const isTime = (fault: Fault): boolean => fault === 'delayMs' || fault === 'jitterMs';

/** What a fault is switched on with. */
export const USUAL: FaultSettings = {
  drop: 0.2,
  loseDisconnect: 1,
  throttle: 0.3,
  gone: 0.2,
  limitExceeded: 0.3,
  internalError: 0.3,
  hang: 0.1,
  delayMs: 500,
  jitterMs: 500,
  reorder: 0.3,
  duplicate: 0.3,
};

/** Where the slider of a fault ends, and by how much it moves. */
export const rangeOf = (fault: Fault) =>
  isTime(fault) ? { min: 50, max: 5000, step: 50 } : { min: 0.05, max: 1, step: 0.05 };

/** Reads what the runner answers; undefined when it is no such settings. A fault that it does not have is off. */
export function readFaults(value: unknown): FaultSettings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const read = FAULTS.map((fault) => {
    const setting: unknown = Reflect.get(value, fault);
    return [fault, typeof setting === 'number' ? setting : 0] as const;
  });
  return Object.fromEntries(read) as FaultSettings;
}

/** Those that are on, in the order of the list. */
export const faultsOn = (settings: FaultSettings | undefined): readonly Fault[] =>
  FAULTS.filter((fault) => (settings?.[fault] ?? 0) > 0);

/** All of them off. */
export const noFaults = (): Partial<Record<Fault, number>> =>
  Object.fromEntries(FAULTS.map((fault) => [fault, 0]));
