import type { Dialect } from '#protocol';
import type { Directory } from '../directory.ts';
import type { Presence } from '../presence.ts';
import { GONE, type Refusal, refusalFor } from '../refusals.ts';

export interface ForwardParts {
  readonly directory: Pick<Directory, 'find'>;
  readonly presence: Pick<Presence, 'send'>;
}

/** Posts to the connection that a frame's `forward` names, in the dialect that it speaks [P11] [P33]. */
export async function forward(
  { directory, presence }: ForwardParts,
  connectionId: string,
  textIn: (dialect: Dialect) => string,
): Promise<Refusal | undefined> {
  const receiver = await directory.find(connectionId);
  if (receiver === undefined) return GONE;
  return refusalFor(await presence.send(connectionId, receiver.room, textIn(receiver.dialect)));
}
