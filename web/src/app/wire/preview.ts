import type { WireEntry } from './wire-entry.ts';

/** How much of a frame is begun to be read in its row. */
const MOST = 160;
/** What stands before that, at the most: addresses are long. */
const BEFORE = 400;
/** What the row says elsewhere: its kind, and who is on the other side. */
const SAID = /^\{(?:"(?:action|type|forward|from|session|subject)":"[^"\\]*",?)+/;
/** What somebody has written, as JSON has it; a long text is broken off. */
const WRITTEN = new RegExp(String.raw`"data"\s*:\s*("(?:[^"\\]|\\.){0,${MOST}}"?)`);

/** The beginning of a frame, without what its row says already: of a message, what is written in it. */
export function previewOf({ kind, code, text }: WireEntry): string {
  if (kind === 'close') return `${code ?? ''} ${text}`.trim();
  const written = kind === 'message' ? WRITTEN.exec(text)?.[1] : undefined;
  return written ?? text.slice(0, BEFORE).replace(SAID, '{').slice(0, MOST);
}
