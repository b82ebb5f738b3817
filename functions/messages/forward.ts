import type { Dialect } from '#protocol';
import type { Directory } from '../directory.ts';
import type { Presence } from '../presence.ts';
import { mayReach } from '../invitation.ts';
import { GONE, NOT_INVITED, type Refusal, refusalFor } from '../refusals.ts';

export interface ForwardParts {
  readonly directory: Pick<Directory, 'find'>;
  readonly presence: Pick<Presence, 'send'>;
}

/** Posts to the connection that a frame's `forward` names, in the dialect that it speaks [P11] [P33]; `from` is the sender's room. */
export async function forward(
  { directory, presence }: ForwardParts,
  { to, from }: { readonly to: string; readonly from: string },
  textIn: (dialect: Dialect) => string,
): Promise<Refusal | undefined> {
  const receiver = await directory.find(to);
  if (receiver === undefined) return GONE;
  if (!mayReach(from, receiver.room)) return NOT_INVITED;
  return refusalFor(await presence.send(to, receiver.room, textIn(receiver.dialect)));
}
