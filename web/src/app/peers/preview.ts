import type { Partner } from '../connection/partners.ts';

/** How much of a message a preview needs: more does not fit beside a peer. */
const MOST = 120;

/** The beginning of what was said last with a partner, on one line; undefined when nothing was. */
export function previewOf({
  conversation,
}: Partner): { readonly text: string; readonly ours: boolean } | undefined {
  const last = conversation?.lines.at(-1);
  if (!last) return undefined;
  return { text: last.text.slice(0, MOST).replace(/\s+/g, ' ').trim(), ours: last.sent !== undefined };
}
