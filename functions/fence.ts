import { parseClientFrame } from '#protocol';
import { dialectOf, type Sender } from './answer.ts';
import type { FrameRate } from './frame-rate.ts';
import type { Count } from './metrics.ts';
import { refuse, TOO_FAST } from './refusals.ts';

export interface FenceParts {
  readonly frames: Pick<FrameRate, 'take'>;
  readonly count: Count;
}

/** The answer to a frame that is one too many of its connection's [P26]; undefined for any other. */
export function fence(parts: FenceParts, sender: Sender, body: string): string | undefined {
  if (parts.frames.take(sender.connectionId)) return undefined;
  const frame = parseClientFrame(body);
  return refuse(parts, dialectOf(sender, body), TOO_FAST, 'id' in frame ? frame.id : undefined);
}
