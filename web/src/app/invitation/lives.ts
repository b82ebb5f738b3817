const HOUR_MS = 3_600_000;

/** For how long one may invite. */
export interface Life {
  readonly ms: number;
  readonly label: string;
}

/** What one can choose from; the second is what most people want. */
export const lives = (): readonly Life[] => [
  { ms: HOUR_MS, label: $localize`1 hour` },
  { ms: 24 * HOUR_MS, label: $localize`1 day` },
  { ms: 7 * 24 * HOUR_MS, label: $localize`1 week` },
  { ms: 30 * 24 * HOUR_MS, label: $localize`30 days` },
];
