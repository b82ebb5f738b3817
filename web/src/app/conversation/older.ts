/** How many messages are on the page at first, and how many more each time that somebody scrolls up to the oldest. */
export const CHUNK = 100;

/** What is known of a conversation in which messages are numbered from its very first. */
export interface Extent {
  readonly session: string;
  /** The number after that of the newest. */
  readonly end: number;
  readonly atEnd: boolean;
}

/**
 * The number of the oldest message that is on the page. While the reader is at the end the page does not grow; what they
 * have scrolled up to stays.
 */
export function oldestShown(now: Extent, before: { source: Extent; value: number } | undefined): number {
  const fresh = Math.max(0, now.end - CHUNK);
  if (before?.source.session !== now.session) return fresh;
  return now.atEnd && now.end - before.value > 2 * CHUNK ? fresh : before.value;
}
