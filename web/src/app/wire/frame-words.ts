import { parseClientFrame, parseServerFrame } from '#protocol';
import { closeInWords } from '../status/closes.ts';
import type { WireEntry, WireSocket } from './wire-entry.ts';

/** What stands around a frame. */
interface Surroundings {
  readonly entries: readonly WireEntry[];
  readonly socket: WireSocket | undefined;
  readonly locale: string;
}

/** Says what a row means that does not speak for itself. */
export function frameInWords(entry: WireEntry, surroundings: Surroundings): string | undefined {
  switch (entry.kind) {
    case 'close':
      return closing(entry, surroundings);
    case 'gateway':
      return $localize`This is API Gateway’s own frame, not the functions’: it has no type.`;
    case 'plain':
      return $localize`This is the plain dialect, which people speak at a terminal.`;
    case 'binary':
      return $localize`This is a binary frame, of which only the size is kept.`;
    case 'malformed': {
      const frame = entry.direction === 'out' ? parseClientFrame(entry.text) : parseServerFrame(entry.text);
      return frame.type === 'malformed'
        ? $localize`It breaks the contract: ${frame.reason}:reason:.`
        : undefined;
    }
    default:
      return undefined;
  }
}

function closing({ key, at, code = 0, ours, text, socket: number }: WireEntry, around: Surroundings): string {
  if (ours) return $localize`This page closed it (code ${code}:code:).`;
  const { entries, socket, locale } = around;
  const before = entries.findLast((entry) => entry.socket === number && entry.key < key);
  // Without anything before there was no open connection, or nothing is known of it any more.
  const lived = before && socket && { ageMs: at - socket.startedAt, idleMs: at - before.at };
  return closeInWords(code, text, { lived, locale });
}
