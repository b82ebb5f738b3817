import type { WireEntry } from './wire-entry.ts';

/** The media type of JSON by lines. */
export const NDJSON_TYPE = 'application/x-ndjson';

/** One line of JSON for each entry. */
export function* ndjson(entries: Iterable<WireEntry>): Generator<string> {
  for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
